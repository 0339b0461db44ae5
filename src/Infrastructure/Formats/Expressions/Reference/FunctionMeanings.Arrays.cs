namespace Backprop.Infrastructure.Formats.Expressions.Reference;

/// <summary>What functions of whole arrays compute.</summary>
internal static partial class FunctionMeanings
{
    /// <summary>The families of functions of whole arrays.</summary>
    public static IReadOnlyList<(string Title, string Meanings)> ArrayFamilies { get; } =
    [
        ("Reductions", """
            sum: sum of all elements or along axes; sum(x, y) adds
            mean: mean; mean(x, y) is that of two values
            average: mean
            prod: product
            max: largest element; max(x, y) is the larger of two values
            min: smallest element; min(x, y) is the smaller of two values
            amax: largest element
            amin: smallest element
            ptp: largest minus smallest element
            var: variance, divided by the count minus the correction
            std: standard deviation
            rms: square root of the mean square
            median: middle element, for an even count the mean of two
            quantile: the q-th quantile, q from 0 to 1
            percentile: the q-th percentile, q from 0 to 100
            norm: square root of the sum of squares
            l1: sum of magnitudes
            l2: square root of the sum of squares
            sum_square: sum of squares
            logsumexp: logarithm of the sum of exponentials
            nansum: sum without NaN
            nanmean: mean without NaN
            nanmax: largest element without NaN
            nanmin: smallest element without NaN
            any: one element is true
            all: all elements are true
            count_nonzero: number of elements other than 0
            argmax: index of the largest element
            argmin: index of the smallest element
            """),
        ("Along an axis", """
            cumsum: running sum
            cumprod: running product
            cummax: running maximum
            cummin: running minimum
            logcumsumexp: logarithm of the running sum of exponentials
            diff: differences of neighbours
            trapezoid: integral by trapezoids of width dx, or between the points x
            interp: linear interpolation at x between the points xp with values fp
            convolve: convolution of two vectors
            correlate: correlation of two vectors
            sort: sorted elements
            argsort: the indices that sort
            topk: the k largest elements
            flip: reversed order
            roll: shifted elements, which come in again at the other end
            """),
        ("Matrices", """
            matmul: matrix product, as x @ y
            transpose: axes in reverse or another order
            T: axes in reverse order
            outer: all products of two vectors
            inner: products summed over the last axes
            vdot: sum of all products
            kron: Kronecker product
            cross: cross product of vectors of three elements
            tensordot: products summed over several axes
            multi_dot: product of several matrices in the cheapest order
            einsum: Einstein summation: einsum('ij,j->i', A, x)
            addmm: beta x + alpha y @ z
            bilinear: x W y for each matrix in W
            trace: sum of the diagonal
            diagonal: the diagonal of a matrix
            diag: the matrix with a given diagonal
            tril: lower triangle
            triu: upper triangle
            det: determinant
            slogdet: logarithm of the magnitude of the determinant
            logdet: logarithm of the determinant
            inv: inverse
            pinv: pseudo-inverse
            tensorinv: inverse of a tensor as a linear map
            solve: the solution of A x = b
            triangular_solve: the same for a triangular A
            lstsq: least-squares solution
            cholesky: lower Cholesky factor of the symmetric part
            qr: QR factorisation: output='Q' or 'R'
            eigh: eigenvalues of the symmetric part; output=1 for the vectors
            eigvalsh: eigenvalues of the symmetric part
            svd: singular value decomposition: output='U', 'S' or 'Vh'
            svdvals: singular values
            expm: matrix exponential
            matrix_power: power with a whole exponent
            cov: covariance of rows
            corrcoef: correlation of rows
            cdist: distances between rows
            """),
        ("Arrays", """
            reshape: the elements in another shape: reshape(x, (2, 3))
            ravel: all elements along one axis
            flatten: two axes, split at axis
            squeeze: without axes of extent 1
            unsqueeze: with new axes of extent 1
            expand_dims: with new axes of extent 1
            broadcast_to: expanded to a shape
            permute: axes in another order: permute(x, 0, 2, 1)
            swapaxes: two axes swapped
            moveaxis: one axis moved
            rot90: turned by quarter turns
            concat: joined along an axis
            stack: joined along a new first axis
            block_diag: the block-diagonal matrix
            split: parts along an axis; output selects one
            tile: repeated as a whole
            repeat: each element repeated
            pad: with elements added at the borders
            slice: a part, as x[1:3]
            take: elements at indices of the flat array or an axis
            gather: elements at indices along axis 0 or another
            index_select: elements at indices along an axis, as in PyTorch
            embedding: rows of a table at indices
            one_hot: 1 at an index, otherwise 0
            zeros: all 0: zeros(2, 3)
            ones: all 1
            full: all of one value
            eye: identity matrix
            zeros_like: all 0, of the shape of x
            ones_like: all 1, of the shape of x
            full_like: all y, of the shape of x
            arange: from start to below stop
            linspace: z evenly spaced numbers from x to y
            vander: powers of the elements as columns
            polyval: polynomial with the coefficients p at x, the highest power first
            horner: the same under another name
            """),
        ("Layers", """
            conv1d: convolution over one axis
            conv2d: convolution over two axes
            conv3d: convolution over three axes
            max_pool: largest element of each window
            avg_pool: mean of each window
            layer_norm: normalized over the last axes
            rms_norm: divided by the root mean square
            instance_norm: normalized for each channel of each example
            batch_norm: normalized by given mean and variance
            group_norm: normalized over groups of channels
            normalize: divided by the norm along an axis
            scaled_dot_product_attention: softmax(q k^T / sqrt d) v
            dropout: x outside training
            interpolate: resized
            pixel_shuffle: channels moved into space
            """),
    ];
}
