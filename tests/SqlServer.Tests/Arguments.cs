using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EvCharge.SqlServerTests;

/// <summary>Makes up a value of any type of the house: with all that may be absent, or without.</summary>
internal sealed class Arguments(bool full)
{
    private static readonly NullabilityInfoContext Nullability = new();

    public object?[] Of(MethodInfo method) => [.. method.GetParameters().Select(Of)];

    private object? Of(ParameterInfo parameter) =>
        !full && Nullability.Create(parameter).WriteState == NullabilityState.Nullable ? null : Make(parameter.ParameterType);

    private object? Of(PropertyInfo property) =>
        !full && Nullability.Create(property).WriteState == NullabilityState.Nullable ? null : Make(property.PropertyType);

    private object Make(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return "x";
        }

        if (type == typeof(DateTimeOffset))
        {
            return DateTimeOffset.UnixEpoch.AddDays(1);
        }

        if (type == typeof(byte[]))
        {
            return new byte[32];
        }

        if (type == typeof(ReadOnlyMemory<byte>))
        {
            return new ReadOnlyMemory<byte>(new byte[32]);
        }

        if (type == typeof(CancellationToken))
        {
            return new CancellationTokenSource(TimeSpan.FromSeconds(1)).Token;
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(1, type, null);
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(0)!;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Func<,>))
        {
            return typeof(Arguments).GetMethod(nameof(Same), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetGenericArguments()[0]).CreateDelegate(type);
        }

        return ElementOf(type) is { } element ? List(type, element) : Build(type);
    }

    /// <summary>A change that changes nothing.</summary>
    private static T Same<T>(T value) => value;

    private static Type? ElementOf(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) || (type.IsInterface && type.IsAssignableTo(typeof(IEnumerable))))
            ? type.GetGenericArguments()[0]
            : null;

    /// <summary>One of each kind that the list may hold.</summary>
    private object List(Type type, Type element)
    {
        Type[] kinds = element.IsAbstract ? [.. element.Assembly.GetTypes().Where(kind => kind.IsSubclassOf(element) && !kind.IsAbstract)] : [element];
        var list = Array.CreateInstance(element, kinds.Length);
        for (var i = 0; i < kinds.Length; i++)
        {
            list.SetValue(Make(kinds[i]), i);
        }

        return type.IsInterface ? list : typeof(ImmutableArray).GetMethods()
            .Single(method => method.Name == nameof(ImmutableArray.Create) && method.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element)
            .Invoke(null, [list])!;
    }

    private object Build(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).FirstOrDefault();
        var made = constructor is null ? RuntimeHelpers.GetUninitializedObject(type) : constructor.Invoke([.. constructor.GetParameters().Select(Of)]);
        foreach (var property in type.GetProperties().Where(each => each.GetCustomAttribute<RequiredMemberAttribute>() is not null))
        {
            property.SetValue(made, Of(property));
        }

        return made;
    }
}
