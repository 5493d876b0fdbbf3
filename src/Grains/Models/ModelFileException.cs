namespace EvCharge.Grains.Models;

/// <summary>A charger model's file that cannot be used.</summary>
/// <param name="file">Its name, or that of the folder.</param>
/// <param name="member">Path of the member, <c>settle.milliseconds</c>; empty for the file as a whole.</param>
internal sealed class ModelFileException(string file, string member, string text, Exception? inner = null)
    : Exception(member.Length == 0 ? $"{file}: {text}" : $"{file}: {member} {text}", inner);
