using EvCharge.Gateway.Ocpp;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GatewayTests.Ocpp;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class BindingTests
{
    private static readonly HashSet<string> Both = ["A", "B"];
    private static readonly HashSet<string> OnlyB = ["B"];
    private readonly FakeTimeProvider _time = new();
    private readonly Binding _binding;

    public BindingTests() => _binding = new Binding(_time);

    [Fact]
    public void It_is_made_again_each_minute()
    {
        _binding.Made("A", busy: false);
        _time.Advance(Binding.Period - TimeSpan.FromSeconds(1));
        Assert.False(_binding.IsDue(Both));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_binding.IsDue(Both));
        _binding.Trying();
        _binding.Made("A", busy: false);
        Assert.False(_binding.IsDue(Both));
    }

    [Fact]
    public void It_is_due_at_once_when_its_silo_left_and_not_when_nobody_knows()
    {
        _binding.Made("A", busy: false);
        Assert.True(_binding.IsDue(OnlyB));
        Assert.False(_binding.IsDue(null));
        _binding.Made("B", busy: false);
        Assert.False(_binding.IsDue(OnlyB));
    }

    [Fact]
    public void It_is_due_when_its_activation_said_that_it_ends()
    {
        _binding.Made("A", busy: false);
        _binding.Lost();
        Assert.True(_binding.IsDue(null));
    }

    [Fact]
    public void An_attempt_under_way_is_not_joined_by_another()
    {
        _binding.Made("A", busy: false);
        _binding.Trying();
        Assert.False(_binding.IsDue(OnlyB));
    }

    [Fact]
    public void Attempts_in_vain_are_repeated_with_pauses_that_grow_to_half_a_minute()
    {
        double[] pauses = [1, 2, 4, 8, 16, 30, 30];
        foreach (var pause in pauses)
        {
            _binding.Trying();
            _binding.Failed();
            _time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            Assert.False(_binding.IsDue(Both));
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(_binding.IsDue(Both));
        }

        _binding.Trying();
        _binding.Made("A", busy: true);
        Assert.True(_binding.Busy);
        Assert.False(_binding.IsDue(Both));
        Assert.True(_binding.IsDue(OnlyB));
    }

    [Fact]
    public void It_moves_when_it_is_made_on_another_silo_and_not_when_on_the_same()
    {
        _binding.Made("A", busy: false);
        var moved = _binding.Moved;
        _binding.Lost();
        _binding.Made("A", busy: false);
        Assert.False(moved.IsCompleted);
        _binding.Lost();
        _binding.Made("B", busy: false);
        Assert.True(moved.IsCompleted);
        Assert.False(_binding.Moved.IsCompleted);
    }
}
