using EvCharge.Gateway.Live;

namespace EvCharge.GatewayTests.Live;

public sealed class LiveBoardTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly LiveBoard board = new("site:s");

    [Fact]
    public void Nothing_is_told_before_the_first_look() => Assert.Null(board.After(null));

    [Fact]
    public void The_first_frame_holds_every_row_and_the_next_what_changed_alone()
    {
        Show(0, ("a/1", "Available"), ("a/2", "Charging"));
        var (first, place) = board.After(null)!.Value;
        Show(1, ("a/1", "Available"), ("a/2", "Finishing"));
        var (second, later) = board.After(place)!.Value;

        Assert.Equal(("site:s", Noon), (first.Topic, first.At));
        Assert.Equal(["a/1", "a/2"], first.Keys!);
        Assert.Equal(["Available", "Charging"], first.Rows!.Select(row => row[0]));
        Assert.Null(first.Changes);
        Assert.Null(second.Keys);
        Assert.Equal([1, "Finishing"], Assert.Single(second.Changes!));
        Assert.Empty(board.After(later)!.Value.Frame.Changes!);
    }

    [Fact]
    public void A_reader_that_was_slow_gets_the_newest_of_each_row_and_nothing_between()
    {
        Show(0, ("a/1", "Available"));
        var (_, place) = board.After(null)!.Value;
        Show(1, ("a/1", "Preparing"));
        Show(2, ("a/1", "Charging"));

        Assert.Equal([0, "Charging"], Assert.Single(board.After(place)!.Value.Frame.Changes!));
    }

    [Fact]
    public void Other_things_than_before_make_another_board()
    {
        Show(0, ("a/1", "Available"));
        var (_, place) = board.After(null)!.Value;
        Show(1, ("a/1", "Available"), ("b/1", "Available"));

        Assert.Equal(["a/1", "b/1"], board.After(place)!.Value.Frame.Keys!);
    }

    [Theory]
    [InlineData("00000000-1")]
    [InlineData("-")]
    [InlineData("nothing")]
    [InlineData("a-b-c")]
    public void A_place_on_another_board_or_none_at_all_begins_anew(string place)
    {
        Show(0, ("a/1", "Available"));

        Assert.NotNull(board.After(place)!.Value.Frame.Keys);
    }

    [Fact]
    public void A_place_ahead_of_the_board_begins_anew()
    {
        Show(0, ("a/1", "Available"));
        var epoch = board.After(null)!.Value.Place.Split('-')[0];

        Assert.NotNull(board.After($"{epoch}-99")!.Value.Frame.Keys);
    }

    [Fact]
    public void Nothing_old_is_told_after_a_rest_and_a_reader_goes_on_with_the_next_look()
    {
        Show(0, ("a/1", "Available"));
        var (_, place) = board.After(null)!.Value;
        board.Rest();

        Assert.Null(board.After(null));
        Assert.Null(board.After(place));
        Show(9, ("a/1", "Charging"));
        Assert.Equal([0, "Charging"], Assert.Single(board.After(place)!.Value.Frame.Changes!));
    }

    private void Show(int second, params (string Key, string Status)[] rows) =>
        board.Show(Noon.AddSeconds(second), [.. rows.Select(row => new LiveRow(row.Key, [row.Status]))]);
}
