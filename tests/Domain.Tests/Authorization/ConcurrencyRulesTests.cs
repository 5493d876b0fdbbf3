using EvCharge.Domain.Authorization;
using EvCharge.Domain.Identity;

namespace EvCharge.DomainTests.Authorization;

public sealed class ConcurrencyRulesTests
{
    private static readonly ChargerId Here = new(TenantId.Default, "CP1");
    private static readonly ChargerId There = new(TenantId.Default, "CP2");
    private static readonly StartAttempt Noon = new(1, "2026-03-01T12:00:00Z", 1000);
    private static readonly TagUse Elsewhere = new(new ConnectorId(There, 1), "2026-03-01T11:00:00Z", 500, true);

    [Fact]
    public void A_tag_that_charges_elsewhere_is_busy()
    {
        Assert.True(ConcurrencyRules.IsBusy(Question(null), [Elsewhere]));
        Assert.True(ConcurrencyRules.IsBusy(Question(Noon), [Elsewhere]));
    }

    [Fact]
    public void A_tag_that_charges_nowhere_is_free()
    {
        Assert.False(ConcurrencyRules.IsBusy(Question(null), []));
        Assert.False(ConcurrencyRules.IsBusy(Question(Noon), []));
    }

    [Fact]
    public void Who_asks_where_the_tag_charges_may_want_to_stop_and_is_refused_only_at_a_second_start()
    {
        var onTwo = Use(new StartAttempt(2, Noon.RawStamp, Noon.MeterStart));
        Assert.False(ConcurrencyRules.IsBusy(Question(null), [onTwo, Elsewhere]));
        Assert.True(ConcurrencyRules.IsBusy(Question(Noon), [onTwo]));
    }

    [Fact]
    public void A_repeated_start_does_not_stand_against_itself()
    {
        Assert.False(ConcurrencyRules.IsBusy(Question(Noon), [Use(Noon)]));
        Assert.False(ConcurrencyRules.IsBusy(Question(Noon), [Use(Noon), Elsewhere]));
    }

    [Fact]
    public void A_repeated_start_that_was_refused_stays_so_while_the_other_runs() =>
        Assert.True(ConcurrencyRules.IsBusy(Question(Noon), [Use(Noon) with { Authorized = false }, Elsewhere]));

    [Fact]
    public void A_new_start_ends_what_ran_on_its_connector() =>
        Assert.False(ConcurrencyRules.IsBusy(Question(Noon), [Use(Noon with { RawStamp = "2026-03-01T08:00:00Z" })]));

    [Fact]
    public void A_charger_of_the_same_name_in_another_tenant_is_another() =>
        Assert.True(ConcurrencyRules.IsBusy(
            Question(Noon), [Use(Noon) with { Connector = new ConnectorId(new ChargerId(new TenantId("acme"), "CP1"), 1) }]));

    private static TagQuestion Question(StartAttempt? start) => new("S1", Here, true, start);

    private static TagUse Use(StartAttempt start) => new(new ConnectorId(Here, start.Connector), start.RawStamp, start.MeterStart, true);
}
