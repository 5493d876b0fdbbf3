namespace EvCharge.Gateway.Exports;

/// <summary>
/// Writes a table row by row, holding no more than a few rows. One that was not completed leaves a broken file, which
/// nobody may take for a whole one: its reader is cut off before it is disposed.
/// </summary>
internal interface ITableWriter : IDisposable
{
    ValueTask Write(ReadOnlyMemory<Cell> row, CancellationToken cancel);

    /// <summary>Writes what comes after the last row.</summary>
    ValueTask Complete(CancellationToken cancel);
}
