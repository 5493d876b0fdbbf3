using EvCharge.Contracts.Authorization;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History;
using EvCharge.History.Authorization;

namespace EvCharge.Grains.Authorization;

/// <summary>
/// Has an operator asked about a tag at one charger, one at a time: a charger makes one call after the other. The request
/// is on record, its waiting in memory. When the silo is lost, the charger's call comes again and takes up what is on record.
/// </summary>
internal sealed class OperatorDesk(ChargerId charger, AuthorizationLog log, TimeProvider time)
{
    /// <summary>An answer that the charger may not have got is good for its next attempt.</summary>
    private static readonly TimeSpan AnswerHolds = TimeSpan.FromSeconds(30);

    /// <summary>How long the record may keep the charger waiting, before and after the operator does.</summary>
    private static readonly TimeSpan RecordPatience = TimeSpan.FromSeconds(2);
    private (long Id, TaskCompletionSource<AuthorizationRequest> Answer)? _waiting;

    /// <summary>Completes with the operator's answer or, at the request's end, with the default.</summary>
    /// <exception cref="HistoryUnavailableException">Nobody could be asked.</exception>
    /// <exception cref="TimeoutException">Nobody could be asked soon.</exception>
    public async Task<AuthorizationRequest> Ask(AuthorizationRequest request, TagDecision onTimeout)
    {
        try
        {
            // Before it can be seen, so that no answer is too early.
            var answer = Wait(request.Id);
            var standing = await log.Open(request, request.AskedAt - AnswerHolds).WaitAsync(RecordPatience, time);
            if (standing.Id != request.Id && standing.State == AuthorizationRequestState.Open)
            {
                answer = Wait(standing.Id);
                standing = await log.Find(SiteScope.All(charger.Tenant), standing.Id) ?? standing;
            }

            return standing.State == AuthorizationRequestState.Open ? await AnswerOf(standing, answer, onTimeout) : standing;
        }
        finally
        {
            _waiting = null;
        }
    }

    /// <summary>Takes an operator's answer.</summary>
    public async Task<AnswerOutcome> Answer(long requestId, TagDecision decision, string by)
    {
        var now = time.GetUtcNow();
        if (await log.Find(SiteScope.All(charger.Tenant), requestId) is not { } request || request.Charger != charger)
        {
            return AnswerOutcome.NotFound;
        }

        if (request.State != AuthorizationRequestState.Open || request.ExpiresAt <= now)
        {
            return AnswerOutcome.TooLate;
        }

        var (first, standing) = await log.Settle(request.Settled(AuthorizationRequestState.Answered, decision, by, now));
        if (_waiting is { } waiting && waiting.Id == requestId && standing is not null)
        {
            waiting.Answer.TrySetResult(standing);
        }

        return first ? AnswerOutcome.Taken : AnswerOutcome.TooLate;
    }

    private Task<AuthorizationRequest> Wait(long requestId)
    {
        var answer = new TaskCompletionSource<AuthorizationRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting = (requestId, answer);
        return answer.Task;
    }

    private async Task<AuthorizationRequest> AnswerOf(AuthorizationRequest open, Task<AuthorizationRequest> answer, TagDecision onTimeout)
    {
        var left = open.ExpiresAt - time.GetUtcNow();
        try
        {
            return await answer.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        }
        catch (TimeoutException)
        {
            var defaulted = open.Settled(AuthorizationRequestState.Defaulted, onTimeout, null, time.GetUtcNow(), "Nobody answered in time.");
            return await Default(defaulted);
        }
    }

    /// <summary>An answer that came at the last moment stands. While the record cannot say, the charger gets the default.</summary>
    private async Task<AuthorizationRequest> Default(AuthorizationRequest defaulted)
    {
        try
        {
            return (await log.Settle(defaulted).WaitAsync(RecordPatience, time)).Standing ?? defaulted;
        }
        catch (Exception fault) when (fault is HistoryUnavailableException or TimeoutException)
        {
            return defaulted;
        }
    }
}
