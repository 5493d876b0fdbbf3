namespace EvCharge.Domain.Authorization;

/// <summary>How far a question about a tag has come that the tag's configuration does not decide.</summary>
public enum AuthorizationRequestState
{
    /// <summary>An operator is asked.</summary>
    Open,

    /// <summary>An operator answered.</summary>
    Answered,

    /// <summary>The site's endpoint answered.</summary>
    Decided,

    /// <summary>Nobody answered in time, or nobody could be asked: the default was given.</summary>
    Defaulted,
}
