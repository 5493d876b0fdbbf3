using CsCheck;
using EvCharge.Domain.Sessions;

namespace EvCharge.DomainTests.Sessions;

/// <summary>Whatever order chargers put their messages in, the books stay right.</summary>
public sealed class SessionPropertyTests
{
    private enum Step
    {
        Start,
        RepeatStart,
        Sample,
        WildSample,
        Stop,
        RepeatStop,
        StopWithoutMeter,
        Available,
        Charging,
        ShortWait,
        LongWait,
        Kill,
    }

    [Fact]
    [Trait("pain", "zombie-transactions")]
    public void Every_script_ends_with_sound_transactions() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[-500, 3_000]).List[1, 60].Sample(
            script =>
            {
                var session = new Session();
                foreach (var (step, number) in script)
                {
                    Play(session, step, number);
                    Check(session);
                }

                // Given time alone, everything ends.
                session.Wait(TimeSpan.FromHours(25)).Tick();
                Assert.All(session.Stored, transaction => Assert.False(transaction.Active));
            },
            iter: 10_000);

    private static void Play(Session session, Step step, int number)
    {
        var last = session.Stored.Count == 0 ? null : session.Stored[Math.Abs(number) % session.Stored.Count];
        session.Wait(TimeSpan.FromSeconds(1));
        switch (step)
        {
            case Step.Start:
                session.Start($"m{session.Now.Ticks}", $"T{number % 3}", Math.Abs(number));
                break;
            case Step.RepeatStart when last is not null:
                session.Start(last.StartMessageId, last.IdTag.Value, last.MeterStart, last.StartedAt);
                break;
            case Step.Sample:
                session.Sample(session.State.Open?.MeterStart + Math.Abs(number), session.State.Open?.OcppId, number);
                break;
            case Step.WildSample:
                session.Sample(number, number);
                break;
            case Step.Stop or Step.RepeatStop when last is not null:
                session.Stop(last, last.MeterStart + number);
                break;
            case Step.StopWithoutMeter when last is not null:
                session.Stop(last, null);
                break;
            case Step.Available:
                session.Status(ConnectorStatus.Available);
                break;
            case Step.Charging:
                session.Status("Charging");
                break;
            case Step.ShortWait:
                session.Wait(TimeSpan.FromMinutes(Math.Abs(number) % 10)).Tick();
                break;
            case Step.LongWait:
                session.Wait(TimeSpan.FromHours(Math.Abs(number) % 30)).Tick();
                break;
            case Step.Kill:
                session.Restore();
                break;
        }
    }

    private static void Check(Session session)
    {
        Assert.True(session.Stored.Count(transaction => transaction.Active) <= 1);
        Assert.Equal(session.Stored.SingleOrDefault(transaction => transaction.Active), session.State.Open);
        Assert.Equal(session.Stored.Count, session.Stored.Select(transaction => transaction.OcppId).Distinct().Count());
        foreach (var transaction in session.Stored)
        {
            Assert.True(transaction.OcppId > 0);
            Assert.True(transaction.EnergyWh >= 0);
            Assert.True(transaction.StoppedAt is null || transaction.StoppedAt >= transaction.StartedAt);
            if (!transaction.Active)
            {
                Assert.Equal(transaction.MeterStop!.Value - transaction.MeterStart, transaction.EnergyWh, 6);
            }
        }
    }
}
