namespace EvCharge.History;

/// <summary>The database cannot be written or its queue is full. The fact is not durable and must not be acknowledged.</summary>
public sealed class HistoryUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
