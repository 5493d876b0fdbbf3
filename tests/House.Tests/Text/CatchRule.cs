using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Text;

/// <summary>Errors that vanish: a block that catches everything must do something, any other must at least say why not.</summary>
internal static class CatchRule
{
    public static IEnumerable<Finding> Check(IEnumerable<SourceText> sources) =>
        from source in sources
        from clause in source.Nodes<CatchClauseSyntax>()
        where clause.Block.Statements.Count == 0
        where CatchesEverything(clause) || !HasReason(clause)
        select source.At(clause, "swallows an error");

    private static bool CatchesEverything(CatchClauseSyntax clause) =>
        clause.Filter is null && clause.Declaration?.Type.ToString() is null or "Exception" or "System.Exception";

    private static bool HasReason(CatchClauseSyntax clause) =>
        clause.Block.CloseBraceToken.LeadingTrivia.Any(trivia => trivia.ToString().StartsWith("//", StringComparison.Ordinal));
}
