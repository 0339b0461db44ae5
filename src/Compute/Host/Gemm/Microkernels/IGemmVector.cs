namespace Backprop.Compute.Host.Gemm.Microkernels;

/// <summary>Arithmetic on vectors of one width, so that one kernel is compiled for each width.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
internal unsafe interface IGemmVector<T, V>
    where T : unmanaged
{
    /// <summary>The elements of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>The elements at an address.</summary>
    static abstract V Load(T* source);

    /// <summary>One value in every lane.</summary>
    static abstract V Fill(T value);

    /// <summary>Writes the elements to an address.</summary>
    static abstract void Store(V value, T* target);

    /// <summary>x + y.</summary>
    static abstract V Add(V x, V y);

    /// <summary>x·y + sum, fused if there is an instruction.</summary>
    static abstract V MultiplyAdd(V x, V y, V sum);

    /// <summary>The sum over the lanes.</summary>
    static abstract T Sum(V value);
}
