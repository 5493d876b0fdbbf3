namespace EvCharge.Gateway.Exports;

/// <summary>A typed value of an exported table. The default is an empty cell.</summary>
internal readonly record struct Cell
{
    private Cell(CellKind kind, string? text, double number, DateTimeOffset moment) =>
        (Kind, Text, Number, Moment) = (kind, text, number, moment);

    public CellKind Kind { get; }

    public string? Text { get; }

    /// <summary>A number, or 1 and 0 for true and false.</summary>
    public double Number { get; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Moment { get; }

    public static implicit operator Cell(string? text) => text is null ? default : new Cell(CellKind.Text, text, 0, default);

    /// <summary>What is no finite number is an empty cell: neither format has a word for it.</summary>
    public static implicit operator Cell(double? number) =>
        number is { } value && double.IsFinite(value) ? new Cell(CellKind.Number, null, value, default) : default;

    public static implicit operator Cell(double number) => (double?)number;

    public static implicit operator Cell(int number) => (double)number;

    /// <summary>Ids stay exact: they count from 1 and never reach 2^53.</summary>
    public static implicit operator Cell(long number) => (double)number;

    public static implicit operator Cell(bool flag) => new(CellKind.Flag, null, flag ? 1 : 0, default);

    public static implicit operator Cell(DateTimeOffset? moment) =>
        moment is { } at ? new Cell(CellKind.Moment, null, 0, at.ToUniversalTime()) : default;

    public static implicit operator Cell(DateTimeOffset moment) => (DateTimeOffset?)moment;
}

internal enum CellKind
{
    Empty,
    Text,
    Number,
    Flag,
    Moment,
}
