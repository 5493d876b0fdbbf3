using System.Globalization;
using System.Text;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.Domain.Metering;
using EvCharge.Domain.Reservations;
using EvCharge.Domain.Sessions;
using EvCharge.History.Chargers;
using EvCharge.Ocpp;
using EvCharge.Ocpp.V16.Core;

namespace EvCharge.Grains.Chargers.V16;

/// <summary>What a charger says in the Core profile of OCPP 1.6 (§4), turned into events that know no version.</summary>
internal static class CoreHandlers
{
    private const string Unknown = "unknown";

    public static HandlerTable AddTo(HandlerTable table) => table
        .On<AuthorizeRequest, AuthorizeResponse>(Authorize)
        .On<BootNotificationRequest, BootNotificationResponse>(BootNotification)
        .On<HeartbeatRequest, HeartbeatResponse>(Heartbeat)
        .On<MeterValuesRequest, MeterValuesResponse>(MeterValues)
        .On<StartTransactionRequest, StartTransactionResponse>(StartTransaction)
        .On<StatusNotificationRequest, StatusNotificationResponse>(StatusNotification)
        .On<StopTransactionRequest, StopTransactionResponse>(StopTransaction);

    private static async ValueTask<BootNotificationResponse> BootNotification(BootNotificationRequest boot, CallContext context)
    {
        var shell = context.Shell;
        await shell.RecordBoot(new BootRecord(
            OrUnknown(boot.ChargePointVendor), OrUnknown(boot.ChargePointModel),
            boot.ChargePointSerialNumber ?? boot.ChargeBoxSerialNumber, boot.FirmwareVersion,
            boot.Iccid, boot.Imsi, boot.MeterType, boot.MeterSerialNumber, context.ReceivedAt));
        return new BootNotificationResponse(
            shell.Adopted ? RegistrationStatus.Accepted : RegistrationStatus.Pending,
            Now(context),
            shell.Adopted ? shell.HeartbeatSeconds : Spread(shell.HeartbeatSeconds));
    }

    /// <summary>Those that have to come again do so at different moments: within a tenth before and after.</summary>
    private static int Spread(int seconds) => Random.Shared.Next(seconds - (seconds / 10), seconds + (seconds / 10) + 1);

    private static ValueTask<HeartbeatResponse> Heartbeat(HeartbeatRequest heartbeat, CallContext context) =>
        new(new HeartbeatResponse(Now(context)));

    private static async ValueTask<AuthorizeResponse> Authorize(AuthorizeRequest request, CallContext context)
    {
        context.MustBeAdopted();
        return new AuthorizeResponse(ToWire(await context.Shell.Authorize(new IdTag(request.IdTag))));
    }

    private static async ValueTask<StatusNotificationResponse> StatusNotification(StatusNotificationRequest request, CallContext context)
    {
        context.MustBeAdopted();
        var status = new ConnectorStatus(
            request.Status, request.ErrorCode, request.Info, request.VendorId, request.VendorErrorCode,
            request.Timestamp?.Raw ?? "", context.ReceivedAt);
        await context.Shell.Apply(new StatusReported(context.Connector(request.ConnectorId), status));
        return new StatusNotificationResponse();
    }

    private static async ValueTask<StartTransactionResponse> StartTransaction(StartTransactionRequest request, CallContext context)
    {
        context.MustBeAdopted();
        var tag = new IdTag(request.IdTag);
        var connector = context.Connector(request.ConnectorId);
        var decision = await context.Shell.AuthorizeStart(
            tag, new StartAttempt(connector.Number, request.Timestamp.Raw, request.MeterStart));
        var time = context.TimeOf(request.Timestamp);
        var answer = await context.Shell.Apply(new StartReported(
            connector, context.ReceivedAt, context.Call.MessageId,
            time.At, request.Timestamp.Raw, time.Believed, tag, request.MeterStart,
            context.Shell.Site, decision.Vehicle, decision.Accepted, OcppVersion.V16));
        await context.Shell.Started(new ReservationUse(
            connector.Number, tag, decision.Parent is { } parent ? new IdTag(parent) : null, request.ReservationId, time.At, answer.Transaction!.Id));
        return new StartTransactionResponse(answer.Transaction!.OcppId, ToWire(decision));
    }

    private static async ValueTask<MeterValuesResponse> MeterValues(MeterValuesRequest request, CallContext context)
    {
        context.MustBeAdopted();
        var (samples, believed) = SampledValues.Read(request.MeterValue, context);
        if (samples.Length > 0)
        {
            // Some chargers name the transaction rightly and the connector wrongly; the transaction wins.
            var connector = request.TransactionId is { } id && context.Shell.ConnectorOf(id) is { } named
                ? new ConnectorId(context.Shell.Id, named)
                : context.Connector(request.ConnectorId);
            await context.Shell.Apply(new SamplesReported(
                connector, context.ReceivedAt, context.Call.MessageId, request.TransactionId, samples[0].RawStamp,
                SampledValues.Hash(context.Call.Payload), [.. samples], believed));
        }

        return new MeterValuesResponse();
    }

    private static async ValueTask<StopTransactionResponse> StopTransaction(StopTransactionRequest request, CallContext context)
    {
        context.MustBeAdopted();
        var shell = context.Shell;
        var tag = new IdTag(request.IdTag ?? "");
        var issuable = StopMatching.IsIssuable(request.TransactionId);
        var meterStop = request.MeterStop < 0 ? (double?)null : request.MeterStop;
        IReadOnlyList<Transaction> open = issuable ? [] : await shell.FindOpenTransactions();
        var transaction = StopMatching.Match(
            request.TransactionId, tag, meterStop,
            issuable ? await shell.FindTransaction((int)request.TransactionId) : null,
            open,
            sameGroup: open is [var only] && !tag.IsNone && tag != only.IdTag && await shell.SameGroup(tag, only.IdTag));
        if (transaction is null)
        {
            await shell.RecordOrphan(new OrphanRecorded(
                shell.Id, "stop", context.Call.MessageId,
                request.TransactionId.ToString(CultureInfo.InvariantCulture),
                context.ReceivedAt, Encoding.UTF8.GetString(context.Call.Payload.Span)));
        }
        else
        {
            await shell.Apply(Stop(request, transaction, meterStop, repaired: !issuable, context));
        }

        return new StopTransactionResponse(await shell.StandingOf(tag) is { } standing ? ToWire(standing) : null);
    }

    private static StopReported Stop(
        StopTransactionRequest request, Transaction transaction, double? meterStop, bool repaired, CallContext context)
    {
        var time = context.TimeOf(request.Timestamp);
        var (samples, believed) = SampledValues.Read(request.TransactionData ?? [], context);
        var frame = samples.Length == 0 ? null : new MeterFrame(
            transaction.Connector, transaction.Id, samples[0].RawStamp, SampledValues.Hash(context.Call.Payload),
            context.ReceivedAt, [.. samples], believed ? MeterFlags.None : MeterFlags.ReceiptTime);
        return new StopReported(
            transaction.Connector, context.ReceivedAt, context.Call.MessageId, transaction.Id, transaction.OcppId, repaired,
            time.At, time.Believed, meterStop, request.Reason ?? StopReason.Local, frame);
    }

    private static IdTagInfo ToWire(TagDecision decision) => new(
        decision.Status,
        decision.Expiry is { } expiry ? OcppTimestamp.At(expiry) : null,
        decision.Parent is { Length: <= 20 } parent ? parent : null);

    private static OcppTimestamp Now(CallContext context) => OcppTimestamp.At(context.Shell.Time.GetUtcNow());

    private static string OrUnknown(string text) => text.Length == 0 ? Unknown : text;
}
