namespace EvCharge.Grains.States;

/// <summary>What a grain keeps across activations, and cannot go on without.</summary>
internal interface IKeptState
{
    /// <summary>Why what is stored could not be read, in which case nothing of it is here; null for a state that was read. Not stored.</summary>
    string? Fault { get; set; }
}
