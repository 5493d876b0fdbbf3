using EvCharge.Contracts.Chargers;
using EvCharge.Grains.Chargers.V16;
using EvCharge.History.Commands;
using EvCharge.Ocpp;

namespace EvCharge.Grains.Chargers;

/// <summary>Where a charger's OCPP version is looked up; behind it nothing knows that there are several.</summary>
internal static class Protocols
{
    public const string Default = OcppVersion.V16;

    private static readonly HandlerTable V16 = new HandlerTable(ActionTable.For(OcppVersion.V16))
        .With(CoreHandlers.AddTo).With(VendorMessages.AddTo).With(FirmwareHandlers.AddTo).With(SecurityHandlers.AddTo);

    private static readonly StateDialect State16 = new();
    private static readonly ListDialect List16 = new();
    private static readonly ProfileDialect Profile16 = new();
    private static readonly TestDialect Test16 = new();
    private static readonly RelayDialect Relay16 = new();

    /// <summary>Has a CALL handled; a fault becomes its CALLERROR here and nowhere else.</summary>
    public static async ValueTask<OcppReply> Handle(string version, IChargerShell shell, OcppFrame call, bool strict, DeviationLog log)
    {
        var deviations = new DeviationList();
        try
        {
            var payload = await Handlers(version).Handle(new CallContext(shell, call, deviations), strict);
            return OcppReply.Answer(call with { Kind = OcppFrame.CallResult, Payload = payload });
        }
        catch (OcppFault fault)
        {
            deviations.Add(new Deviation(fault.Code, fault.Field ?? "", fault.Message));
            return OcppReply.Answer(call with
            {
                Kind = OcppFrame.CallError,
                Payload = default,
                ErrorCode = fault.Code,
                ErrorDescription = fault.Message,
            });
        }
        finally
        {
            await log.Take(call.Action, deviations, call.ReceivedAt);
        }
    }

    /// <summary>Has a CALL of a log handled once more; nothing is noted of it.</summary>
    /// <exception cref="OcppFault">It would be answered with a CALLERROR.</exception>
    public static ValueTask<byte[]> Replay(string version, IChargerShell shell, OcppFrame call) =>
        Handlers(version).Handle(new CallContext(shell, call, new DeviationList()), strict: false);

    public static bool Speaks(string version) => version == OcppVersion.V16;

    /// <summary>Checks a command as strictly as the charger may, and brings it into its shortest form.</summary>
    public static Refusal? Canonicalise(string version, ChargerCall call, out byte[] payload)
    {
        payload = [];
        var action = ActionTable.For(version).Find(call.Action);
        if (action is null || action.Direction == ActionDirection.FromCharger)
        {
            return new Refusal(RefusalKind.UnknownAction, $"'{call.Action}' is no operation that can be sent to a charger speaking {version}.", "action");
        }

        try
        {
            payload = action.Canonicalise(call.Payload);
            return null;
        }
        catch (OcppFault fault)
        {
            return new Refusal(RefusalKind.InvalidPayload, fault.Message, fault.Field);
        }
    }

    /// <summary>Null when the payload is a response of the action, else what is wrong with it.</summary>
    public static string? ValidateResponse(string version, string action, ReadOnlyMemory<byte> payload, DeviationLog log, DateTimeOffset at)
    {
        var deviations = new DeviationList();
        try
        {
            ActionTable.For(version).Find(action)?.ReadResponse(payload, deviations);
            return null;
        }
        catch (OcppFault fault)
        {
            return fault.Message;
        }
        finally
        {
            log.TakeLater(action, deviations, at);
        }
    }

    public static bool IsIdempotent(string version, string action) => ActionTable.For(version).Find(action)?.Idempotent ?? false;

    /// <summary>The request that a command carries. Its payload was validated when it was taken.</summary>
    public static object? RequestOf(string version, CommandRecord command) =>
        ActionTable.For(version).Find(command.Action)?.ReadRequest(command.Payload, new DeviationList());

    /// <summary>How the version reads and changes what a charger is set to.</summary>
    public static IStateDialect StateOf(string version) => version switch
    {
        OcppVersion.V16 => State16,
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "A version without a dialect."),
    };

    /// <summary>How the version has a charger keep a local list.</summary>
    public static IListDialect ListOf(string version) => version switch
    {
        OcppVersion.V16 => List16,
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "A version without a dialect."),
    };

    /// <summary>How the version has a charger hold charging profiles.</summary>
    public static IProfileDialect ProfileOf(string version) => version switch
    {
        OcppVersion.V16 => Profile16,
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "A version without a dialect."),
    };

    /// <summary>How the version has a charger show what it can.</summary>
    public static ITestDialect TestOf(string version) => version switch
    {
        OcppVersion.V16 => Test16,
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "A version without a dialect."),
    };

    /// <summary>How the version relays a charger to another system.</summary>
    public static IRelayDialect RelayOf(string version) => version switch
    {
        OcppVersion.V16 => Relay16,
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "A version without a dialect."),
    };

    private static HandlerTable Handlers(string version) => version switch
    {
        OcppVersion.V16 => V16,
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "A version without handlers."),
    };
}
