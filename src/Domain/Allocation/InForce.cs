namespace EvCharge.Domain.Allocation;

/// <summary>
/// What limits a connector may be under: not what it was told, but the highest that it may follow just now. A lower limit
/// counts when the vehicle has had time to follow it, a higher one from the moment before it is sent. Currents in A on each
/// loaded phase.
/// </summary>
/// <param name="Held">The limit that the charger holds; with <see cref="Unsure"/> the highest that it may hold.</param>
public sealed record InForce(double Held)
{
    /// <summary>Sent and not answered; one at a time.</summary>
    public double? Asked { get; init; }

    /// <summary>What it may still draw although the charger holds less, until <see cref="SettledAt"/>.</summary>
    public double? Settling { get; init; }

    public DateTimeOffset SettledAt { get; init; }

    /// <summary>
    /// A limit was sent and nobody knows whether it arrived, or the charger may have lost what it held: it has to be told again
    /// before anything else is concluded.
    /// </summary>
    public bool Unsure { get; init; }

    /// <summary>Refusals in a row.</summary>
    public int Refusals { get; init; }

    /// <summary>The highest limit that may be in force.</summary>
    public double High => Math.Max(Held, Math.Max(Asked ?? 0, Settling ?? 0));

    /// <summary>Where it is going: what was asked last, or what it holds.</summary>
    public double Target => Asked ?? Held;

    /// <summary>The limit is about to be sent. To be stored before it is, when it is higher than what was.</summary>
    /// <exception cref="InvalidOperationException">The one before is not answered: two under way may arrive in either order.</exception>
    public InForce Sending(double limit) => Asked is null
        ? this with { Asked = limit }
        : throw new InvalidOperationException("A limit is under way already.");

    /// <summary>The charger took it.</summary>
    /// <param name="settle">What a vehicle needs to follow a lower limit.</param>
    public InForce Accepted(DateTimeOffset now, TimeSpan settle)
    {
        if (Asked is not { } limit)
        {
            return this;
        }

        var before = Math.Max(Held, Settling ?? 0);
        return limit < before
            ? this with { Held = limit, Asked = null, Settling = before, SettledAt = now + settle, Unsure = false, Refusals = 0 }
            : this with { Held = limit, Asked = null, Settling = null, Unsure = false, Refusals = 0 };
    }

    /// <summary>The charger did not take it, and stays where it was.</summary>
    public InForce Refused() => this with { Asked = null, Refusals = Refusals + 1 };

    /// <summary>It was not sent after all.</summary>
    public InForce Withdrawn() => this with { Asked = null };

    /// <summary>No answer came, or the connection went: it holds the old limit or the new one.</summary>
    public InForce Lost() => Asked is { } limit ? this with { Held = Math.Max(Held, limit), Asked = null, Unsure = true } : this;

    /// <summary>Time passed: vehicles have followed.</summary>
    public InForce At(DateTimeOffset now) => Settling is not null && now >= SettledAt ? this with { Settling = null } : this;

    /// <summary>The vehicle was seen to draw no more than what the charger holds: it has followed.</summary>
    public InForce Measured(double current) => Settling is not null && current <= Held + Follows ? this with { Settling = null } : this;

    /// <summary>The charger started anew, or came back after others may have set it: it may hold anything it can.</summary>
    /// <param name="most">What charger and cable can carry.</param>
    public InForce Restarted(double most) => new(Math.Max(most, High)) { Unsure = true };

    /// <summary>The transaction is over, and with it the limit made for it: a next vehicle starts with the default.</summary>
    /// <param name="start">The limit of the charger's default profile.</param>
    /// <param name="settle">Until the contactor has opened.</param>
    public InForce Ended(double start, DateTimeOffset now, TimeSpan settle) =>
        new(Asked is { } limit ? Math.Max(start, limit) : start) { Settling = High, SettledAt = now + settle, Unsure = Asked is not null, Refusals = Refusals };

    /// <summary>Meters and vehicles are no better than this, in A.</summary>
    private const double Follows = 0.5;
}
