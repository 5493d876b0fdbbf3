using System.Collections.Frozen;

namespace EvCharge.Ocpp;

/// <summary>The operations of one OCPP version.</summary>
public sealed class ActionTable(params IReadOnlyList<OcppAction> actions)
{
    private readonly FrozenDictionary<string, OcppAction> byName = actions.ToFrozenDictionary(action => action.Name);

    public IReadOnlyList<OcppAction> All { get; } = actions;

    /// <param name="ocppVersion">One of <see cref="OcppVersion"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">No operations of that version are known.</exception>
    public static ActionTable For(string ocppVersion) => ocppVersion switch
    {
        OcppVersion.V16 => V16.Actions.Table,
        _ => throw new ArgumentOutOfRangeException(nameof(ocppVersion), ocppVersion, "No operations are known"),
    };

    /// <summary>The operation of exactly that name, or null.</summary>
    public OcppAction? Find(string name) => byName.GetValueOrDefault(name);
}
