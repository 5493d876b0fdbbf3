using System.Text.Json.Serialization;
using EvCharge.Domain.Allocation.Limits;
using EvCharge.Domain.Allocation.Sites;
using EvCharge.Grains.States;

namespace EvCharge.Grains.Sites.Allocation;

/// <summary>What a site that gives limits keeps across activations.</summary>
[GenerateSerializer, Alias("evc.SiteState")]
internal sealed class SiteState : IKeptState
{
    /// <summary>Raised when the shape changes.</summary>
    [Id(0)] public int Schema { get; set; } = 1;

    /// <summary>Of the activation that wrote last. Chargers take orders of the highest that they have seen.</summary>
    [Id(1)] public long Epoch { get; set; }

    [Id(2)] public List<ConnectorBound> Bounds { get; set; } = [];

    /// <summary>What an operator set for a while.</summary>
    [Id(3)] public TemporaryLimit? Operator { get; set; }

    /// <summary>What a signal from outside set.</summary>
    [Id(4)] public ExternalLimit? External { get; set; }

    /// <summary>What was said of transactions that are open.</summary>
    [Id(5)] public List<KeptNeeds> Needs { get; set; } = [];

    [JsonIgnore]
    [field: NonSerialized]
    public string? Fault { get; set; }
}

/// <summary>What was said of the transaction at a connector.</summary>
[GenerateSerializer, Immutable, Alias("evc.KeptNeeds")]
internal sealed record KeptNeeds(
    [property: Id(0)] string Charger, [property: Id(1)] int Connector, [property: Id(2)] long Transaction, [property: Id(3)] SessionNeeds Needs);
