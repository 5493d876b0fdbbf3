using EvCharge.Ocpp;

namespace EvCharge.Grains.Chargers;

/// <summary>The handlers of one OCPP version by action. Requests are read tolerantly, responses written strictly.</summary>
internal sealed class HandlerTable(ActionTable actions)
{
    private delegate ValueTask<byte[]> Handler(CallContext context, bool strict);

    private readonly Dictionary<string, Handler> _handlers = new(StringComparer.Ordinal);

    public HandlerTable On<TRequest, TResponse>(Func<TRequest, CallContext, ValueTask<TResponse>> handle)
        where TRequest : notnull
        where TResponse : notnull
    {
        var action = actions.All.Single(action => action.RequestType == typeof(TRequest));
        _handlers.Add(action.Name, async (context, strict) =>
        {
            var request = strict
                ? Payload.ReadStrict<TRequest>(context.Call.Payload)
                : Payload.Read<TRequest>(context.Call.Payload, context.Deviations);
            return Payload.Write(await handle(request, context));
        });
        return this;
    }

    /// <summary>Adds the handlers of a profile.</summary>
    public HandlerTable With(Func<HandlerTable, HandlerTable> profile) => profile(this);

    /// <exception cref="OcppFault">The action is unknown, or known and not for this direction, or its payload is unusable.</exception>
    public ValueTask<byte[]> Handle(CallContext context, bool strict)
    {
        if (_handlers.TryGetValue(context.Call.Action, out var handler))
        {
            return handler(context, strict);
        }

        throw actions.Find(context.Call.Action) is null
            ? new OcppFault(ErrorCode.NotImplemented, "This action is not known.")
            : new OcppFault(ErrorCode.NotSupported, "This action is not taken from a charger.");
    }
}
