namespace EvCharge.History.Queries;

/// <summary>Whether a charger knows an operation, by its last answer to it.</summary>
/// <param name="Known">False when it said that it does not know it.</param>
/// <param name="At">When it answered.</param>
public sealed record OperationFact(string Action, bool Known, DateTimeOffset? At);
