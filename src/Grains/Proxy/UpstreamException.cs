namespace EvCharge.Grains.Proxy;

/// <summary>The other system cannot be reached, or a connection to it is of no more use.</summary>
/// <param name="message">Why, for an operator.</param>
internal sealed class UpstreamException(string message) : Exception(message);
