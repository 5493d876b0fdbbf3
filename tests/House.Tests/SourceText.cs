using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EvCharge.HouseTests;

/// <summary>One text file of the house, by its path from the root.</summary>
internal sealed record SourceText(string Path, string Text)
{
    private SyntaxNode? _root;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Lines as an editor counts them: a final line break starts no further line.</summary>
    public int Lines => Text.Length == 0 ? 0 : Text.TrimEnd('\n').Split('\n').Length;

    public SyntaxNode Syntax => _root ??= CSharpSyntaxTree.ParseText(Text).GetRoot();

    public IEnumerable<T> Nodes<T>() where T : SyntaxNode => Syntax.DescendantNodes().OfType<T>();

    public Finding At(SyntaxNode node, string says) => new(Path, LineOf(node), says);

    public Finding At(int offset, string says) => new(Path, Text.AsSpan(0, offset).Count('\n') + 1, says);

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
