namespace EvCharge.Storage.GroupCommit;

/// <summary>The database cannot be written, its queue is full or the writer has stopped: nothing of the write is durable.</summary>
public sealed class DatabaseUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
