using System.Security.Cryptography.X509Certificates;

namespace EvCharge.Gateway.Ocpp;

/// <summary>What a charger shows to be let in.</summary>
/// <param name="Password">Of Basic auth with the charger's name as user; null when the header is absent or names another.</param>
/// <param name="Secure">True when the connection is TLS.</param>
/// <param name="Certificate">Of the TLS client, which has its key; null when it showed none.</param>
internal sealed record ChargerCredentials(byte[]? Password, bool Secure, X509Certificate2? Certificate);
