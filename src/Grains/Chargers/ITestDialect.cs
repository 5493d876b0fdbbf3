namespace EvCharge.Grains.Chargers;

/// <summary>What a version asks of a charger that is tested before it is put to work.</summary>
internal interface ITestDialect
{
    (string Action, byte[] Payload) AskForBoot();

    (string Action, byte[] Payload) AskForStatus(int connector);

    (string Action, byte[] Payload) AskForMeterValues(int connector);

    (string Action, byte[] Payload) ReadAllKeys();

    /// <summary>How many keys the answer to <see cref="ReadAllKeys"/> has.</summary>
    int KeysIn(ReadOnlyMemory<byte> answer);

    (string Action, byte[] Payload) Start(string idTag, int connector);

    (string Action, byte[] Payload) Stop(int transaction);

    /// <summary>The answer says yes.</summary>
    bool IsAccepted(ReadOnlyMemory<byte> answer, out string? status);
}
