namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>How often something is tried again that a charger left unanswered, before it is left alone until the charger comes back.</summary>
internal sealed class Retries
{
    private const int Most = 3;
    private int _unanswered;

    /// <summary>Another try is due.</summary>
    public bool Due => _unanswered is > 0 and < Most;

    /// <summary>It was tried often enough.</summary>
    public bool Exhausted => _unanswered >= Most;

    public void Unanswered() => _unanswered++;

    public void Reset() => _unanswered = 0;
}
