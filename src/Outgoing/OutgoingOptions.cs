using System.Net;

namespace EvCharge.Outgoing;

/// <summary>Section <c>Outgoing</c>: where calls may go that tenants configure.</summary>
public sealed class OutgoingOptions
{
    public const string Section = "Outgoing";

    /// <summary>
    /// Networks beside the public internet that may be called, <c>10.1.0.0/16</c>; an address alone is written with <c>/32</c>
    /// or <c>/128</c>. Default none.
    /// </summary>
    public IList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Call <c>http</c> without TLS on this machine, for a program that runs beside. Default false.</summary>
    public bool HttpOnLoopback { get; set; }

    internal bool IsValid() => AllowedNetworks.All(network => IPNetwork.TryParse(network, out _));
}
