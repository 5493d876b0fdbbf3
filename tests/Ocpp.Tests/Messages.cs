using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using CsCheck;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16;

namespace EvCharge.OcppTests;

/// <summary>Every message of the action table, and valid values of it made up from the attributes of its members.</summary>
internal static class Messages
{
    private static readonly Gen<char> Characters = Gen.OneOf(
        Gen.Char.AlphaNumeric, Gen.OneOf(' ', '"', '\\', '/', '<', '\'', '\n', 'é', '€', '中'));

    private static readonly Gen<DateTimeOffset> Moments =
        Gen.Long[0, 253_402_300_799_999].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    /// <summary>Messages by the name of their official schema.</summary>
    public static IEnumerable<(string Schema, Type Type)> All => Actions.Table.All.SelectMany(action =>
        new[] { (action.Name, action.RequestType), (action.Name + "Response", action.ResponseType) });

    public static Type Named(string schema) => All.Single(message => message.Schema == schema).Type;

    public static Gen<object> Of(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
        return constructor.GetParameters()
            .Aggregate(
                Gen.Const(ImmutableList<object?>.Empty),
                (members, parameter) => Gen.Select(members, Member(parameter), (list, member) => list.Add(member)))
            .Select(members => constructor.Invoke([.. members]));
    }

    public static byte[] Write(object message) => (byte[])Generic(nameof(Payload.Write), message.GetType(), message)!;

    public static object ReadStrict(Type type, byte[] utf8) =>
        Generic(nameof(Payload.ReadStrict), type, new ReadOnlyMemory<byte>(utf8))!;

    public static object Read(Type type, byte[] utf8, DeviationList deviations) =>
        Generic(nameof(Payload.Read), type, new ReadOnlyMemory<byte>(utf8), deviations)!;

    private static object? Generic(string method, Type type, params object[] arguments) =>
        typeof(Payload).GetMethod(method)!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static Gen<object?> Member(ParameterInfo parameter)
    {
        var optional = new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var value = type.IsGenericType
            ? List(parameter, type.GenericTypeArguments[0])
            : One(parameter, type).Select(one => (object?)one);
        return optional ? Gen.Frequency((1, Gen.Const((object?)null)), (3, value)) : value;
    }

    private static Gen<object?> List(ParameterInfo parameter, Type item) =>
        One(parameter, item).Array[parameter.GetCustomAttribute<MinLengthAttribute>()?.Length ?? 0, 3].Select(items =>
        {
            var list = Array.CreateInstance(item, items.Length);
            items.CopyTo(list, 0);
            return (object?)list;
        });

    private static Gen<object> One(ParameterInfo parameter, Type type)
    {
        var range = parameter.GetCustomAttribute<RangeAttribute>();
        var least = (int?)range?.Minimum ?? int.MinValue;
        var most = (int?)range?.Maximum ?? int.MaxValue;
        return type == typeof(string) ? Text(parameter)
            : type == typeof(int) ? Gen.Int[least, most].Select(Boxed)
            : type == typeof(long) ? Gen.Long.Select(Boxed)
            : type == typeof(double) ? Gen.Int[-1_000_000, 1_000_000].Select(tenths => Boxed(tenths / 10.0))
            : type == typeof(bool) ? Gen.Bool.Select(Boxed)
            : type == typeof(OcppTimestamp) ? Moments.Select(moment => Boxed(OcppTimestamp.At(moment)))
            : Of(type);
    }

    private static Gen<object> Text(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<OneOfAttribute>() is { } oneOf)
        {
            var words = oneOf.Words.GetFields().Select(field => field.GetRawConstantValue()!).ToArray();
            return Gen.OneOf(words);
        }

        if (parameter.GetCustomAttribute<AbsoluteUriAttribute>() is not null)
        {
            return Gen.String[Gen.Char.AlphaNumeric, 1, 40].Select(name => Boxed($"https://files.example/{name}"));
        }

        var longest = parameter.GetCustomAttribute<CiStringAttribute>()?.Length ?? 2_000;
        return Gen.Frequency((3, Gen.String[Characters, 0, longest]), (1, Gen.String[Characters, longest, longest]))
            .Select(Boxed);
    }

    private static object Boxed<T>(T value)
        where T : notnull => value;
}
