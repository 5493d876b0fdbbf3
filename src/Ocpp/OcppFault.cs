namespace EvCharge.Ocpp;

/// <summary>A CALL that cannot be served: thrown by readers and handlers, caught once, answered as a CALLERROR.</summary>
/// <param name="code">One of <see cref="ErrorCode"/>.</param>
/// <param name="field">JSON path of the member at fault, or null.</param>
public sealed class OcppFault(string code, string text, string? field = null) : Exception(text)
{
    public string Code { get; } = code;

    public string? Field { get; } = field;
}
