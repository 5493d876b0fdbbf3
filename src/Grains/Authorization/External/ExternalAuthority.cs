using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;
using EvCharge.History.Authorization;
using EvCharge.History.Configuration;
using EvCharge.History.Secrets;
using EvCharge.Outgoing;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace EvCharge.Grains.Authorization.External;

/// <summary>An endpoint's decision, or why there is none.</summary>
internal readonly record struct ExternalOutcome(TagDecision? Decision, string? Failure);

/// <summary>
/// Asks the endpoints of sites. Each has a deadline, and one that fails half of the time is left alone for a while: its
/// chargers get the fallback at once then.
/// </summary>
internal sealed partial class ExternalAuthority(OutgoingHttp http, SecretVault secrets, TimeProvider time, ILogger<ExternalAuthority> logger)
{
    private const int MostEndpoints = 10_000;
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<SiteId, (long Version, ResiliencePipeline Pipeline)> _pipelines = new();

    public async Task<ExternalOutcome> Ask(
        Versioned<ExternalAuthorizationConfiguration> endpoint, AuthorizationRequest request, string? vehicle)
    {
        try
        {
            var decision = await PipelineOf(endpoint).ExecuteAsync(
                async cancelled => await Call(endpoint.Value, request, vehicle, cancelled));
            return new ExternalOutcome(decision, null);
        }
        catch (Exception fault) when (IsFailure(fault) || fault is BrokenCircuitException or CryptographicException)
        {
            var reason = Reason(fault);
            LogFailed(logger, endpoint.Value.Site, reason);
            return new ExternalOutcome(null, reason);
        }
    }

    private async ValueTask<TagDecision> Call(
        ExternalAuthorizationConfiguration endpoint, AuthorizationRequest request, string? vehicle, CancellationToken cancelled)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, endpoint.Url);
        message.Content = new ByteArrayContent(ExternalMessages.Question(request));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (endpoint is { Header: { } header, Secret: { } secret })
        {
            var value = secrets.Reveal(endpoint.Site.Tenant, endpoint.SecretPurpose, secret);
            message.Headers.TryAddWithoutValidation(header, value);
        }

        using var answer = await http.Send(message, cancelled);
        return answer.StatusCode == System.Net.HttpStatusCode.OK
            ? ExternalMessages.Answer(await BoundedBody.Read(answer, ExternalMessages.MaxAnswerBytes, cancelled), vehicle)
            : throw new FormatException($"it answered with status {(int)answer.StatusCode}");
    }

    /// <summary>Made anew when the endpoint's configuration changes: what failed before says nothing then.</summary>
    private ResiliencePipeline PipelineOf(Versioned<ExternalAuthorizationConfiguration> endpoint)
    {
        var site = endpoint.Value.Site;
        if (_pipelines.TryGetValue(site, out var known) && known.Version == endpoint.RowVersion)
        {
            return known.Pipeline;
        }

        if (_pipelines.Count >= MostEndpoints)
        {
            _pipelines.Clear();
        }

        return (_pipelines[site] = (endpoint.RowVersion, Build(endpoint.Value.Deadline))).Pipeline;
    }

    private ResiliencePipeline Build(TimeSpan deadline) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = 5,
            SamplingDuration = Sampling,
            BreakDuration = Pause,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } fault && IsFailure(fault)),
        })
        .AddTimeout(deadline)
        .Build();

    private static bool IsFailure(Exception fault) =>
        fault is HttpRequestException or IOException or FormatException or TimeoutRejectedException;

    private static string Reason(Exception fault) => fault switch
    {
        TimeoutRejectedException => "it did not answer in time",
        BrokenCircuitException => "it failed too often and is left alone for a while",
        CryptographicException => "its secret cannot be read with this installation's key",
        _ => fault.Message,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Site}: its endpoint for authorization decided nothing: {Reason}")]
    private static partial void LogFailed(ILogger logger, SiteId site, string reason);
}
