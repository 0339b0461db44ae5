namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// How a large product is cut (Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008): a panel of the right operand
/// stays in the shared cache, a block of the left one in a core's own, and k is cut so that a microPanel of each serves many terms.
/// The cuts along k depend on k alone, so that every sum is added in the same order however many threads there are.
/// </summary>
internal readonly struct Blocking
{
    private const int MinRows = 32;
    private const int MaxRows = 64;
    private const int TermBytes = 4096;
    private const int PanelBytes = 4 << 20;

    /// <summary>The cuts of a product for tiles of so many rows and columns.</summary>
    public Blocking(int m, int n, int k, int tileRows, int tileColumns, int elementBytes, int threads)
    {
        int terms = TermBytes / elementBytes;
        TermBlocks = CeilingOf(k, terms);
        Terms = CeilingOf(k, TermBlocks);
        int microPanels = CeilingOf(n, tileColumns);
        PanelBlocks = CeilingOf(microPanels, Math.Max(PanelBytes / (terms * tileColumns * elementBytes), 1));
        MicroPanels = CeilingOf(microPanels, PanelBlocks);

        // A few items a thread, so that one that is held up does not hold up all. Few rows would read the panel faster than a cache can give it:
        // rather than cutting them further, the panel is divided.
        int wanted = threads == 1 ? 1 : 4 * threads;
        Rows = CeilingOf(Math.Clamp(CeilingOf(m, wanted), MinRows, MaxRows), tileRows) * tileRows;
        RowBlocks = CeilingOf(m, Rows);
        Groups = Math.Min(MicroPanels, CeilingOf((wanted + 1) / 2, RowBlocks));
        Packs = Math.Min(MicroPanels, wanted);
    }

    /// <summary>The blocks of k, and the terms of each but the last.</summary>
    public int TermBlocks { get; }

    /// <summary>The terms of a block.</summary>
    public int Terms { get; }

    /// <summary>The panels of the right operand.</summary>
    public int PanelBlocks { get; }

    /// <summary>The microPanels, each as wide as a tile, of a panel.</summary>
    public int MicroPanels { get; }

    /// <summary>The blocks of rows.</summary>
    public int RowBlocks { get; }

    /// <summary>The rows of a block, a multiple of the tile's.</summary>
    public int Rows { get; }

    /// <summary>The groups of microPanels that a block of rows is multiplied with apart.</summary>
    public int Groups { get; }

    /// <summary>The items in which a panel is packed.</summary>
    public int Packs { get; }

    /// <summary>How many parts of a size a positive number has, the last one perhaps smaller.</summary>
    public static int CeilingOf(int value, int divisor) => ((value - 1) / divisor) + 1;
}
