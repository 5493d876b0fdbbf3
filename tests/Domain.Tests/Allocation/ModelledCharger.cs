using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>A charger as it is, beside what is counted for it.</summary>
internal sealed class ModelledCharger
{
    public const double Start = 6;
    public const double Most = 32;
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);

    private readonly List<(DateTimeOffset Until, double Limit)> _former = [];
    private double? _underway;

    /// <summary>What the charger holds in truth.</summary>
    public double Limit { get; private set; } = Start;

    public InForce Counted { get; private set; } = new(Start);

    /// <summary>The vehicle takes all it was allowed within the time that it has to follow.</summary>
    public double Draw(DateTimeOffset now) =>
        Math.Max(Limit, _former.Where(former => former.Until > now).Select(former => former.Limit).DefaultIfEmpty(0).Max());

    /// <summary>Draws what comes next: mostly an answer, now and then a loss, a refusal, a restart or the end of the transaction.</summary>
    public void Happen(Random random, DateTimeOffset now)
    {
        switch (random.Next(12))
        {
            case 0:
                Refuse();
                break;
            case 1:
                LoseRequest();
                break;
            case 2:
                LoseAnswer(now);
                break;
            case 3 when random.Next(20) == 0:
                Restart();
                break;
            case 4 when random.Next(10) == 0:
                End(now);
                break;
            default:
                Answer(now);
                break;
        }
    }

    public void Send(double limit)
    {
        Counted = Counted.Sending(limit);
        _underway = limit;
    }

    public void Answer(DateTimeOffset now)
    {
        if (_underway is { } limit)
        {
            Apply(limit, now);
            Counted = Counted.Accepted(now, Settle);
        }
    }

    private void Refuse()
    {
        if (_underway is not null)
        {
            _underway = null;
            Counted = Counted.Refused();
        }
    }

    private void LoseRequest()
    {
        _underway = null;
        Counted = Counted.Lost();
    }

    private void LoseAnswer(DateTimeOffset now)
    {
        if (_underway is { } limit)
        {
            Apply(limit, now);
            Counted = Counted.Lost();
        }
    }

    /// <summary>It comes back with what it held; that is not known.</summary>
    private void Restart()
    {
        LoseRequest();
        Counted = Counted.Restarted(Most);
    }

    private void End(DateTimeOffset now)
    {
        LoseRequest();
        Apply(Start, now);
        Counted = Counted.Ended(Start, now, Settle);
    }

    public void Pass(DateTimeOffset now)
    {
        _former.RemoveAll(former => former.Until <= now);
        Counted = Counted.At(now);
    }

    private void Apply(double limit, DateTimeOffset now)
    {
        _former.Add((now + Settle, Limit));
        Limit = limit;
        _underway = null;
    }
}
