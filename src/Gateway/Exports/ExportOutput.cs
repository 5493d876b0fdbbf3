using System.IO.Pipelines;

namespace EvCharge.Gateway.Exports;

/// <summary>How exports leave: little by little, as fast as they are taken.</summary>
internal static class ExportOutput
{
    private const int EnoughBytes = 32 * 1024;

    /// <summary>Sends what has gathered if it is worth it.</summary>
    /// <exception cref="OperationCanceledException">Nobody reads any more.</exception>
    public static ValueTask SendIfEnough(this PipeWriter output, CancellationToken cancel) =>
        output.UnflushedBytes >= EnoughBytes ? output.Send(cancel) : ValueTask.CompletedTask;

    /// <inheritdoc cref="SendIfEnough"/>
    public static async ValueTask Send(this PipeWriter output, CancellationToken cancel)
    {
        if ((await output.FlushAsync(cancel)).IsCompleted)
        {
            throw new OperationCanceledException("The reader of the export has gone.", cancel);
        }
    }
}
