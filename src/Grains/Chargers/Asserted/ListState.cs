using System.Collections.Immutable;
using System.Globalization;
using EvCharge.Domain.Commands;
using EvCharge.Domain.DesiredState;
using EvCharge.Domain.Identity;
using EvCharge.Domain.LocalLists;
using EvCharge.Grains.LocalLists;
using EvCharge.History.Commands;
using EvCharge.History.LocalLists;

namespace EvCharge.Grains.Chargers.Asserted;

/// <summary>The local list of a charger that is to hold the tags of its tenant: compared with them and brought in step.</summary>
/// <param name="firmware">That the charger runs; empty when it named none.</param>
internal sealed class ListState(
    ChargerId charger, TagBook book, LocalListStore store, KeyReader keys, AssertingCommands commands, Func<IListDialect> dialect,
    DeferredFacts facts, LocalListOptions options, Func<string> firmware, TimeProvider time) : IAssertedState
{
    private readonly Retries _retries = new();
    private bool _listed;
    private string _site = "";
    private bool _doubted;
    private (long Revision, string Site)? _compared;

    public bool FollowsTags => _listed;

    public bool IsPending => _listed && _compared is null && !_retries.Exhausted;

    /// <param name="mode">One of <see cref="LocalListMode"/>.</param>
    /// <param name="site">Of the charger; empty for none.</param>
    public void Configure(string mode, string site)
    {
        var listed = mode == LocalListMode.Tags;
        if ((listed, site) != (_listed, _site))
        {
            (_listed, _site) = (listed, site);
            Doubt();
        }
    }

    public void Doubt()
    {
        _doubted = true;
        _compared = null;
        _retries.Reset();
    }

    public async Task<bool> Assert()
    {
        if (!_listed)
        {
            return false;
        }

        var (revision, site) = (await book.Revision(charger.Tenant), _site);
        if (_compared == (revision.Changed, site) || _retries.Exhausted)
        {
            return true;
        }

        var state = await store.Find(charger);
        if (state.UnsupportedBy == firmware())
        {
            (_doubted, _compared) = (false, (revision.Changed, site));
        }
        else if (await Ask(state) is { } asked)
        {
            _compared = (revision.Changed, site);
            await BringInStep(asked, revision, site);
        }

        return true;
    }

    public void OnAnswered(CommandRecord answered)
    {
        if (commands.Awaits(answered))
        {
            return;
        }

        var at = answered.EndedAt ?? time.GetUtcNow();
        if (dialect().UpdateIn(answered) is var (version, update, outcome))
        {
            _compared = null;
            _ = facts.Keep($"list {answered.Id}", () => store.Answered(charger, version, update, outcome, firmware(), at));
        }
        else if (dialect().VersionIn(answered) is { } said)
        {
            _compared = null;
            _ = facts.Keep($"list {answered.Id}", () => store.Said(charger, said, firmware(), at));
        }
    }

    /// <summary>Asks a charger that may have changed which list it holds, and has it use that list.</summary>
    /// <returns>What is known then; null when it did not say, or supports none.</returns>
    private async Task<LocalListState?> Ask(LocalListState state)
    {
        if (!_doubted)
        {
            return state;
        }

        _doubted = false;
        var ended = await commands.Run(dialect().ReadVersion());
        if (ended is { Status: CommandStatus.Answered } && dialect().VersionIn(ended) is { } version)
        {
            state = await store.Said(charger, version, firmware(), time.GetUtcNow());
        }
        else if (ended is not null && dialect().IsUnsupported(ended))
        {
            state = await store.Said(charger, -1, firmware(), time.GetUtcNow());
        }
        else
        {
            _doubted = true;
            _retries.Unanswered();
            return null;
        }

        if (state.UnsupportedBy is not null)
        {
            return null;
        }

        await Enable();
        return state;
    }

    /// <summary>A charger that does not decide by its list is told to, unless somebody decided on that key.</summary>
    private async Task Enable()
    {
        string[] names = [dialect().RoomKey, dialect().PerMessageKey, dialect().ListEnabledKey];
        if ((await keys.Known(names)).Count(key => key.ReadAt is not null) < names.Length)
        {
            await keys.Read(names);
        }

        if (await keys.Known([dialect().ListEnabledKey]) is [{ Desired: null, Readonly: not true, Actual: { } actual } key]
            && ConfigurationKey.Equal(actual, "false"))
        {
            await keys.Change(key.Name, "true");
        }
    }

    private async Task BringInStep(LocalListState state, TagRevision revision, string site)
    {
        var known = await keys.Known([dialect().RoomKey, dialect().PerMessageKey]);
        var room = Number(known, dialect().RoomKey, options.MaxEntries, LocalListOptions.MostEntries);
        var most = Number(known, dialect().PerMessageKey, options.EntriesPerMessage, LocalListOptions.MostPerMessage);
        var wanted = await book.Wanted(charger.Tenant, revision, site, room);
        ImmutableArray<LocalListEntry>? held = state.Known ? await store.Entries(charger) : null;
        while (LocalListRules.Next(held, wanted.Entries, most) is { } update)
        {
            if (await Send(state, update) is not { } answered)
            {
                _compared = null;
                _retries.Unanswered();
                return;
            }

            _retries.Reset();
            state = answered;
            if (state.Outcome == LocalListOutcome.Accepted)
            {
                held = update.On(held ?? []);
            }
            else if (update.Full || state.UnsupportedBy is not null)
            {
                return; // Neither part nor whole: what it holds is not known, and saying the same again would not help.
            }
            else
            {
                held = null;
            }
        }

        if (state.Revision != revision.Changed || state.LeftOut != wanted.LeftOut)
        {
            await store.Change(charger, before => before with { Revision = revision.Changed, LeftOut = wanted.LeftOut });
        }
    }

    /// <returns>What is known then; null when the charger did not answer.</returns>
    private async Task<LocalListState?> Send(LocalListState state, LocalListUpdate update)
    {
        var version = state.NextVersion;
        var ended = await commands.Run(dialect().Send(version, update));
        return dialect().OutcomeOf(ended, answered => dialect().UpdateIn(answered)?.Outcome) is not { } outcome
            ? null
            : await store.Answered(charger, version, update, outcome, firmware(), time.GetUtcNow());
    }

    private static int Number(IReadOnlyList<ConfigurationKey> known, string name, int otherwise, int most) =>
        known.FirstOrDefault(key => string.Equals(key.Name, name, StringComparison.OrdinalIgnoreCase)) is { Actual: { } text }
        && int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? Math.Min(number, most)
            : otherwise;
}
