namespace EvCharge.Gateway.Security;

/// <summary>
/// What an endpoint is to callers who see some sites only, where that does not follow from the site or charger in its path. One that says
/// nothing and names neither is about all of the tenant: they may not call it.
/// </summary>
public enum SiteRule
{
    /// <summary>It looks at <see cref="Caller.Scope"/> itself, and answers with what that lets be seen.</summary>
    Narrowed,

    /// <summary>It is about the caller, or about what is the same for every site.</summary>
    Common,
}

public static class SiteRuleExtensions
{
    /// <summary>Declares that the endpoint looks at the caller's scope itself.</summary>
    public static TBuilder NarrowedToSites<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(SiteRule.Narrowed);

    /// <summary>Declares that the endpoint tells nothing of any one site.</summary>
    public static TBuilder CommonToSites<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(SiteRule.Common);
}
