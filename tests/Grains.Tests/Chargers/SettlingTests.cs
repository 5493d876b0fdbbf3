using EvCharge.Domain.Models;
using EvCharge.Grains.Chargers;
using EvCharge.Grains.Models;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GrainsTests.Chargers;

[Trait("pain", "commands-before-boot")]
public sealed class SettlingTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ChargerQuirks _quirks = new(new ChargerModels(ModelCatalog.Read(null), Options.Create(new ChargerOptions())));
    private readonly Settling _settling;

    public SettlingTests() => _settling = new Settling(new ChargerOptions(), _quirks, _time);

    [Fact]
    [Trait("pain", "vendor-quirks")]
    public void A_model_that_takes_commands_late_is_given_the_time_it_needs()
    {
        _settling.OnAttached(rebound: false, booted: false, tookOver: false);
        _quirks.Booted(new ModelIdentity("Wall Box Chargers", "PLP2-M-2-4", "6.6.12"));
        _settling.OnServed("BootNotification");
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(HasSettled());
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(HasSettled());

        _settling.OnAttached(rebound: false, booted: true, tookOver: false);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(HasSettled());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(HasSettled());
    }

    [Fact]
    public void A_connection_bound_again_has_settled()
    {
        _settling.OnAttached(rebound: true, booted: false, tookOver: false);
        Assert.True(HasSettled());
    }

    [Fact]
    public void A_charger_that_never_booted_gets_nothing_before_it_speaks()
    {
        _settling.OnAttached(rebound: false, booted: false, tookOver: false);
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.False(HasSettled());

        _settling.OnServed("BootNotification");
        Assert.False(HasSettled());
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.True(HasSettled());
    }

    [Fact]
    public void A_boot_after_other_messages_starts_the_wait_anew()
    {
        _settling.OnAttached(rebound: false, booted: true, tookOver: false);
        _settling.OnServed("StatusNotification");
        _time.Advance(TimeSpan.FromMilliseconds(150));
        _settling.OnServed("BootNotification");
        _time.Advance(TimeSpan.FromMilliseconds(150));
        Assert.False(HasSettled());
        _settling.OnServed("StatusNotification");
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True(HasSettled());
    }

    [Fact]
    public void One_that_came_back_silently_is_waited_for_a_while_only()
    {
        _settling.OnAttached(rebound: false, booted: true, tookOver: false);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(HasSettled());
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(HasSettled());
    }

    [Fact]
    public void One_that_comes_back_again_and_again_has_to_stay()
    {
        for (var returns = 0; returns < 4; returns++)
        {
            _settling.OnDetached();
            _settling.OnAttached(rebound: false, booted: true, tookOver: false);
            _settling.OnServed("BootNotification");
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.False(HasSettled());
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(HasSettled());

        _time.Advance(TimeSpan.FromMinutes(1));
        _settling.OnAttached(rebound: false, booted: true, tookOver: false);
        _settling.OnServed("BootNotification");
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.True(HasSettled());
    }

    [Fact]
    public void One_that_takes_over_from_its_own_older_sockets_does_not_have_to_stay()
    {
        for (var returns = 0; returns < 8; returns++)
        {
            _settling.OnAttached(rebound: false, booted: true, tookOver: true);
            _settling.OnServed("BootNotification");
            _time.Advance(TimeSpan.FromMilliseconds(200));
            Assert.True(HasSettled());
        }
    }

    [Fact]
    public async Task Who_waits_is_told_as_soon_as_it_settles_and_when_it_takes_too_long()
    {
        _settling.OnAttached(rebound: false, booted: false, tookOver: false);
        var impatient = _settling.Settled(TimeSpan.FromSeconds(1));
        var patient = _settling.Settled(TimeSpan.FromSeconds(30));

        await Advance(impatient, TimeSpan.FromSeconds(1));
        Assert.False(await impatient);
        Assert.False(patient.IsCompleted);

        _settling.OnServed("Heartbeat");
        await Advance(patient, TimeSpan.FromMilliseconds(200));
        Assert.True(await patient);
    }

    /// <summary>Lets time pass until the task has seen it: it goes on waiting on another thread.</summary>
    private async Task Advance(Task until, TimeSpan step)
    {
        while (!until.IsCompleted)
        {
            _time.Advance(step / 10);
            await Task.Yield();
        }
    }

    /// <summary>Without patience the answer is there at once.</summary>
    private bool HasSettled() => _settling.Settled(TimeSpan.Zero) is { IsCompletedSuccessfully: true } told && told.GetAwaiter().GetResult();
}
