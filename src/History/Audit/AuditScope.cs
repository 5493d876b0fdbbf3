namespace EvCharge.History.Audit;

/// <summary>
/// What somebody does at the moment. It flows with the asynchronous work of a request, so that a change finds its author
/// however deep it is made; what is changed outside of any is the system's own doing.
/// </summary>
/// <param name="author">User name, or <c>api-key/id</c>; with the tenant before it where it is another.</param>
/// <param name="address">Where the request came from; null when nobody knows.</param>
/// <param name="action">The operation as the REST interface names it.</param>
/// <param name="target">The resource, its path below the interface's root.</param>
public sealed class AuditScope(string author, string? address, string action, string target)
{
    private const int MaxTarget = 300;
    private const int MaxDetail = 16_384;
    private static readonly AsyncLocal<AuditScope?> Flow = new();

    /// <summary>That of the request that is served; null outside of any.</summary>
    public static AuditScope? Current => Flow.Value;

    public string Author { get; } = author;

    public string? Address { get; } = address;

    public string Action { get; } = action;

    public string Target { get; } = target.Length <= MaxTarget ? target : target[..MaxTarget];

    /// <summary>What was asked for, as JSON without secrets; null when that says nothing.</summary>
    public string? Detail { get; private set; }

    /// <summary>A change has put it on record already, in its own transaction.</summary>
    public bool IsRecorded { get; internal set; }

    /// <summary>Makes it the current one until the caller's asynchronous method ends.</summary>
    public AuditScope Enter() => Flow.Value = this;

    /// <summary>Keeps what was asked for; of very much only that it was much.</summary>
    /// <param name="json">Without secrets.</param>
    public void Say(string json) => Detail = json.Length <= MaxDetail ? json : $$"""{"tooLong":{{json.Length}}}""";
}
