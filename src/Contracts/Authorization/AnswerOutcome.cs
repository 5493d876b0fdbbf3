namespace EvCharge.Contracts.Authorization;

/// <summary>What became of an operator's answer to a question about a tag.</summary>
[GenerateSerializer, Alias("evc.AnswerOutcome")]
public enum AnswerOutcome
{
    /// <summary>It was the first, and in time.</summary>
    Taken,

    /// <summary>The request has an outcome already, or nobody waits for one any more.</summary>
    TooLate,

    /// <summary>The charger asked no such thing.</summary>
    NotFound,
}
