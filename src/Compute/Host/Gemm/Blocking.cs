namespace Backprop.Compute.Host.Gemm;

/// <summary>
/// How a large product is blocked (Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008): a panel of the right operand
/// stays in the shared cache, a block of the left one in a core's own, and k is cut so that a micro-panel of each serves many terms. The cuts along k
/// depend only on k, so that every sum is added in the same order for any number of threads.
/// </summary>
internal readonly struct Blocking
{
    private const int MinRows = 32;
    private const int MaxRows = 64;
    private const int TermBytes = 4096;
    private const int PanelBytes = 4 << 20;

    /// <summary>The cuts of a product for tiles of the given numbers of rows and columns.</summary>
    public Blocking(int m, int n, int k, int tileRows, int tileColumns, int elementBytes, int threads)
    {
        int terms = TermBytes / elementBytes;
        TermBlocks = CeilingOf(k, terms);
        Terms = CeilingOf(k, TermBlocks);
        int microPanels = CeilingOf(n, tileColumns);
        PanelBlocks = CeilingOf(microPanels, Math.Max(PanelBytes / (terms * tileColumns * elementBytes), 1));
        MicroPanels = CeilingOf(microPanels, PanelBlocks);

        // A few items per thread, so that one delayed thread does not delay all. Blocks of few rows would read the panel faster than a cache can
        // deliver it, so the panel is divided rather than the rows.
        int wanted = threads == 1 ? 1 : 4 * threads;
        Rows = CeilingOf(Math.Clamp(CeilingOf(m, wanted), MinRows, MaxRows), tileRows) * tileRows;
        RowBlocks = CeilingOf(m, Rows);
        Groups = Math.Min(MicroPanels, CeilingOf((wanted + 1) / 2, RowBlocks));
        Packs = Math.Min(MicroPanels, wanted);
    }

    /// <summary>The blocks of k, and the terms of each but the last one.</summary>
    public int TermBlocks { get; }

    /// <summary>The terms of a block.</summary>
    public int Terms { get; }

    /// <summary>The panels of the right operand.</summary>
    public int PanelBlocks { get; }

    /// <summary>The micro-panels of a panel, each as wide as a tile.</summary>
    public int MicroPanels { get; }

    /// <summary>The blocks of rows.</summary>
    public int RowBlocks { get; }

    /// <summary>The rows of a block, a multiple of the tile's.</summary>
    public int Rows { get; }

    /// <summary>The groups of micro-panels with which a block of rows is multiplied separately.</summary>
    public int Groups { get; }

    /// <summary>The items in which a panel is packed.</summary>
    public int Packs { get; }

    /// <summary>The number of parts of a given size in a positive number; the last one may be smaller.</summary>
    public static int CeilingOf(int value, int divisor) => ((value - 1) / divisor) + 1;
}
