namespace EvCharge.History.Queries;

/// <summary>A limit that a charger took from its site.</summary>
/// <param name="At">When its answer came.</param>
/// <param name="Transaction">For which it is; null for the default, under which the next vehicle starts.</param>
/// <param name="Limit">In A on each loaded phase; 0 pauses the vehicle.</param>
/// <param name="Drawn">What its vehicle was measured to draw before, in A; null when nothing was.</param>
/// <param name="Reason">Why it gets no more, in a word.</param>
public sealed record LimitRecord(
    DateTimeOffset At, string Charger, int Connector, long? Transaction, double Limit, double? Drawn, string Reason);

/// <summary>A site at a moment: what it might take and took where least was free.</summary>
/// <param name="Part">L1, L2, L3 in A, or power in W.</param>
/// <param name="Free">What vehicles might take: the limit without its margin and what others took.</param>
/// <param name="InForce">What they might take at most by the limits that might be in force.</param>
/// <param name="Drawn">What they were measured to draw.</param>
/// <param name="Charging">Vehicles that might charge.</param>
/// <param name="Waiting">Vehicles that were paused.</param>
public sealed record SiteLoadRecord(
    DateTimeOffset At, string Part, double Free, double InForce, double Drawn, int Charging, int Waiting);

/// <summary>Which of a site's limits are wanted. Members that are null do not filter; the times are half-open.</summary>
public sealed record LimitFilter(string? Charger, int? Connector, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>The last row of a page.</summary>
public sealed record AllocationCursor(DateTimeOffset At, long Id);
