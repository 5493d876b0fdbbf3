using CsCheck;
using EvCharge.Domain.Allocation;

namespace EvCharge.DomainTests.Allocation;

/// <summary>What holds for every site, whatever hangs on it.</summary>
public sealed class EnergyAllocatorPropertyTests
{
    private const double Rounding = 1e-3;

    [Fact]
    public void No_row_is_exceeded_by_what_is_given() => RandomSite.Any.Sample(
        site =>
        {
            var plan = site.Plan();
            var aside = site.Sums(connector => site.Demands[connector].Kind == DemandKind.Fixed ? site.Demands[connector].Reserve : 0);
            var sums = site.Sums(connector => site.Demands[connector].Kind == DemandKind.Idle ? 0 : plan.Allotments[connector].Current);
            for (var row = 0; row < sums.Length; row++)
            {
                // What is out of reach may be more than the limit: then nothing else is given.
                Assert.True(sums[row] <= Math.Max(site.Limits[row], aside[row]) + Rounding, $"row {row}: {sums[row]} of {site.Limits[row]}");
            }
        },
        iter: 20_000);

    [Fact]
    public void The_check_finds_what_exceeds_a_row() => RandomSite.Any.Sample(
        site =>
        {
            var plan = site.Plan();
            var given = plan.Allotments.Select(allotment => allotment.Current).ToArray();
            var sums = site.Sums(connector => given[connector]);
            var over = Enumerable.Range(0, sums.Length).Any(row => sums[row] > site.Limits[row] + (1e-5 * Math.Max(1, site.Limits[row])));

            Assert.Equal(over, RowCheck.Worst(site.Tree, site.Limits, site.Demands, given).Row >= 0);
        },
        iter: 5_000);

    [Fact]
    public void A_current_is_nothing_or_between_minimum_and_most_in_whole_steps() => RandomSite.Any.Sample(
        site =>
        {
            var plan = site.Plan();
            for (var connector = 0; connector < site.Demands.Length; connector++)
            {
                var (demand, current) = (site.Demands[connector], plan.Allotments[connector].Current);
                if (demand.Kind is DemandKind.Hungry or DemandKind.Sleeping && current != 0)
                {
                    Assert.InRange(current, demand.Minimum - Rounding, demand.Most + Rounding);
                    Assert.Equal(Math.Round(current / demand.Step), current / demand.Step, 6);
                }
            }
        },
        iter: 10_000);

    [Fact]
    public void Nobody_can_gain_without_one_losing_who_has_no_more() => RandomSite.Plain.Sample(
        site =>
        {
            var plan = site.Plan();
            for (var one = 0; one < site.Demands.Length; one++)
            {
                var demand = site.Demands[one];
                var current = plan.Allotments[one].Current;
                if (current > 0 && current + demand.Step <= demand.Most)
                {
                    Assert.Contains(Enumerable.Range(0, site.Tree.Rows), row => IsBottleneck(site, plan, one, row));
                }
            }
        },
        iter: 10_000);

    /// <summary>
    /// A row that is full, but for less than a step of each, on which nobody is above this one save those that only have their
    /// minimum.
    /// </summary>
    private static bool IsBottleneck(RandomSite site, AllocationPlan plan, int one, int row) =>
        site.Loads(one, row)
        && plan.Left[row] < Enumerable.Range(0, site.Demands.Length).Where(other => site.Loads(other, row)).Sum(other => site.Step(other, row))
        && Enumerable.Range(0, site.Demands.Length).All(other =>
            !site.Loads(other, row)
            || plan.Allotments[other].Current <= site.Demands[other].Minimum + 0.1 + Rounding
            || (plan.Allotments[other].Current - 0.1) / site.Demands[other].Weight
                <= ((plan.Allotments[one].Current + 0.1) / site.Demands[one].Weight) + Rounding);

    [Fact]
    public void It_gives_what_filling_drop_by_drop_gives() => RandomSite.Plain.Where(site => site.Demands.Length <= 5).Sample(
        site =>
        {
            var plan = site.Plan();
            var admitted = Enumerable.Range(0, site.Demands.Length).Where(connector => plan.Allotments[connector].Current > 0).ToArray();
            var drops = DropByDrop(site, admitted);

            // What others lose to their steps is given away: of three phases it is three times as much on one.
            var lost = 0.1 * admitted.Sum(connector => site.Demands[connector].Conductors);
            Assert.All(admitted, connector => Assert.InRange(
                plan.Allotments[connector].Current, drops[connector] - 0.25, drops[connector] + 0.25 + (lost / site.Demands[connector].Conductors)));
        },
        iter: 1_000);

    /// <summary>The level rises a little; each whose rows are not full follows.</summary>
    private static double[] DropByDrop(RandomSite site, int[] admitted)
    {
        const double drop = 0.01;
        var currents = new double[site.Demands.Length];
        foreach (var connector in admitted)
        {
            currents[connector] = Math.Ceiling((site.Demands[connector].Minimum * 10) - Rounding) / 10;
        }

        var stopped = new HashSet<int>();
        for (var level = 0.0; level < 100; level += drop)
        {
            foreach (var connector in admitted.Where(connector => !stopped.Contains(connector)))
            {
                var demand = site.Demands[connector];
                var next = demand.Weight * level;
                if (next > demand.Most)
                {
                    stopped.Add(connector);
                }
                else if (next > currents[connector])
                {
                    var sums = site.Sums(other => other == connector ? next : currents[other]);
                    if (Enumerable.Range(0, sums.Length).Any(row => site.Loads(connector, row) && sums[row] > site.Limits[row]))
                    {
                        stopped.Add(connector);
                    }
                    else
                    {
                        currents[connector] = next;
                    }
                }
            }
        }

        return currents;
    }

    [Fact]
    public void The_order_of_the_connectors_makes_no_difference() => Gen.Select(RandomSite.Any, Gen.Int).Sample(
        (site, seed) =>
        {
            var order = Enumerable.Range(0, site.Demands.Length).ToArray();
            new Random(seed).Shuffle(order);
            var plan = site.Plan();
            var shuffled = (site with { Demands = [.. order.Select(connector => site.Demands[connector])] }).Plan();

            Assert.All(order.Index(), place => Assert.Equal(plan.Allotments[place.Item].Current, shuffled.Allotments[place.Index].Current, 6));
        },
        iter: 10_000);

    [Fact]
    public void More_limit_never_lowers_the_least_share() => Gen.Select(RandomSite.Plain, Gen.Double[1, 2]).Sample(
        (site, factor) =>
        {
            var more = site with { Limits = [.. site.Limits.Select(limit => limit * factor)] };

            Assert.True(Least(more) >= Least(site) - 0.1 - Rounding);
        },
        iter: 10_000);

    private static double Least(RandomSite site)
    {
        var equal = site with { Demands = [.. site.Demands.Select(demand => demand with { Weight = 1 })] };
        return equal.Plan().Allotments.Select(allotment => allotment.Current).DefaultIfEmpty(0).Min();
    }

    [Fact]
    public void A_plan_does_not_depend_on_the_one_before() => Gen.Select(RandomSite.Any, RandomSite.Any).Sample(
        (before, site) =>
        {
            var allocator = new EnergyAllocator();
            allocator.Plan(before.Tree, before.Limits, before.Demands, before.Policy);
            var plan = allocator.Plan(site.Tree, site.Limits, site.Demands, site.Policy);

            Assert.Equal(site.Plan().Allotments, plan.Allotments);
        },
        iter: 5_000);
}
