namespace EvCharge.History;

/// <summary>
/// The database cannot be written or read, or its queue is full. A fact that was to be written is not durable and must not
/// be acknowledged.
/// </summary>
public sealed class HistoryUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
