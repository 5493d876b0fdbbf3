using System.Collections.Concurrent;
using System.Reflection;

namespace EvCharge.Ocpp.Shapes;

/// <summary>Shapes made from types and the attributes of their members, once for each record.</summary>
internal static class ShapeFactory
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Records = new();

    public static RecordShape OfRecord(Type type) => Records.GetOrAdd(type, static type => new RecordShape(type));

    public static Shape Of(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? OfList(parameter, type.GenericTypeArguments[0])
            : OfOne(parameter, Nullable.GetUnderlyingType(type) ?? type);
    }

    private static Shape OfList(ParameterInfo parameter, Type item) =>
        (Shape)Activator.CreateInstance(
            typeof(ListShape<>).MakeGenericType(item),
            OfOne(parameter, item),
            parameter.GetCustomAttribute<MinLengthAttribute>()?.Length ?? 0,
            parameter.GetCustomAttribute<AssumedAttribute>() is not null)!;

    private static Shape OfOne(ParameterInfo parameter, Type type)
    {
        if (type == typeof(string))
        {
            return parameter.GetCustomAttribute<OneOfAttribute>() is { } oneOf
                ? new WordShape(oneOf.Words)
                : parameter.GetCustomAttribute<AbsoluteUriAttribute>() is not null ? new UriShape()
                : new TextShape(
                    parameter.GetCustomAttribute<CiStringAttribute>()?.Length ?? int.MaxValue,
                    parameter.GetCustomAttribute<AnyJsonAttribute>() is not null);
        }

        if (type == typeof(int) || type == typeof(long))
        {
            var isLong = type == typeof(long);
            var range = parameter.GetCustomAttribute<RangeAttribute>();
            return new IntegerShape(
                isLong,
                range?.Minimum as int? ?? (isLong ? long.MinValue : int.MinValue),
                range?.Maximum as int? ?? (isLong ? long.MaxValue : int.MaxValue));
        }

        return type == typeof(double) ? new NumberShape(parameter.GetCustomAttribute<TenthsAttribute>() is not null)
            : type == typeof(bool) ? new BooleanShape()
            : type == typeof(OcppTimestamp) ? new TimestampShape()
            : OfRecord(type);
    }
}
