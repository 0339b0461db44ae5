namespace Backprop.Hostile.Tests.Cancelling;

/// <summary>Calls of non-elementwise operators, as large as the limits allow.</summary>
internal static class HeavyCalls
{
    // Operator | operands | attributes. An operand is a shape of float64 values, or: # of bools, <n: of integers below n,
    // ~n the numbers 0 to n − 1, %n bools of which every third is false, known before the graph runs, =x the number x.
    private const string Table = """
            Adagrad | =0.1 =5 4194304 4194304 4194304 |
            Adam | =0.1 =5 4194304 4194304 4194304 4194304 |
            AffineGrid | 8x2x3 | "size":[8,3,1024,1024]
            And | #4096x4096 #4096x4096 |
            ArgMax | 4096x4096 |
            ArgMaxPool | 1x16x512x512 | "kernel_shape":[15,15],"strides":[1,1],"dilations":[1,1],"pads":[0,0,0,0]
            ArgMin | 4096x4096 |
            ArgTopK | 4194304 | "k":1000000
            Attention | 1x8x2048x64 1x8x2048x64 1x8x2048x64 |
            AveragePool | 1x16x512x512 | "kernel_shape":[9,9]
            BatchNormalization | 8x64x128x128 64 64 64 64 |
            Bernoulli | 4096x4096 |
            BesselI | 2048x2048 | "n":1
            BlackmanWindow | =16777216 |
            BlockDiag | 2048x2048 2048x2048 |
            CenterCropPad | 4096x4096 | "shape":[4000,4000]
            Cholesky | 2048x2048 |
            Clip | 4096x4096 =0 =1 |
            Col2Im | 1x576x65536 | "image_shape":[258,258],"block_shape":[3,3]
            Compress | 4194304 %4194304 |
            Concat | 4096x4096 4096x4096 | "axis":1
            ConstantOfShape |  | "input":[4096,8192]
            Conv | 8x64x128x128 64x64x3x3 |
            ConvTranspose | 4x64x96x96 64x64x3x3 |
            Convolve | 262144 65536 |
            Correlate | 262144 65536 |
            Cross | 4194304x3 4194304x3 |
            CumMax | 4096x2048 |
            CumMin | 4096x2048 |
            CumProd | 16777216 =0 |
            CumSum | 16777216 =0 |
            DFT | 256x4096x2 |
            DeformConv | 1x16x128x128 16x16x3x3 1x18x126x126 |
            DepthToSpace | 1x64x512x512 | "blocksize":4
            Det | 4x100x100 |
            DetSign | 2048x2048 |
            Diag | 4096 |
            Diagonal | 8x2048x2048 |
            Dropout | 4096x4096 |
            Eigh | 1024x1024 |
            Eigvalsh | 1024x1024 |
            Einsum | 2048x2048 2048x2048 | "equation":"ij,kj->ik"
            Erfcx | 2048x2048 | "n":3
            Expand | 4096 | "shape":[8192,4096]
            Expm | 1024x1024 |
            EyeLike | 4096x4096 |
            Flatten | 4096x4096 |
            Flip | 4096x4096 |
            Fold | 2097152x8 | "extent":2097159,"axis":0
            GRU | 1000x32x128 1x384x128 1x384x128 | "hidden_size":128
            Gather | 1000000 <1000000:16777216 |
            GatherElements | 4096x4096 <4096:4096x4096 |
            GatherND | 4096x4096 <4096:8388608x2 |
            Gemm | 4096x4096 4096x4096 | "transB":1
            GlobalAveragePool | 64x64x64x64 |
            GlobalLpPool | 64x64x64x64 |
            GlobalMaxPool | 64x64x64x64 |
            Gradient | 4096 | "xs":["o0"],"y":"o0"
            GridSample | 1x8x512x512 1x768x768x2 |
            GroupNormalization | 8x64x128x128 64 64 | "num_groups":8
            HammingWindow | =16777216 |
            HannWindow | =16777216 |
            Hardmax | 4096x4096 |
            InstanceNormalization | 8x64x128x128 64 64 |
            Interp | 524288 65536 65536 |
            Inverse | 1024x1024 |
            Kron | 64x64 64x64 |
            LRN | 1x64x128x128 | "size":31
            LSTM | 1000x32x128 1x512x128 1x512x128 | "hidden_size":128
            LayerNormalization | 4096x4000 4000 |
            LogAbsDet | 2048x2048 |
            LogCumSumExp | 512x1024 |
            LogSoftmax | 4096x4096 |
            LpNormalization | 4096x4096 |
            LpPool | 1x16x1024x1024 | "kernel_shape":[15,15]
            MatMul | 4096x4096 4096x4096 |
            MatrixPower | 2048x2048 | "n":13
            MaxPool | 1x16x1024x1024 | "kernel_shape":[15,15]
            MaxUnpool | 1x16x512x512 <1000000:1x16x512x512 | "kernel_shape":[2,2],"strides":[2,2]
            MeanVarianceNormalization | 8x64x128x128 |
            MelWeightMatrix | =8192 =16384 =8192 =0.0 =4096.0 |
            Momentum | =0.1 =5 8388608 8388608 8388608 | "alpha":0.9,"beta":1.0,"mode":"standard","norm_coefficient":0.01
            MoveAxis | 256x256x256 | "source":[0],"destination":[2]
            MultiDot | 2048x2048 2048x2048 2048x2048 |
            NegativeLogLikelihoodLoss | 8192x2048 <2048:8192 |
            NonZero | ~4194304 |
            Not | #4096x4096 |
            OneHot | <4096:8192 =4096 2 |
            Or | #4096x4096 #4096x4096 |
            PRelu | 4096x4096 4096 |
            PackedEigh | 1024x1024 |
            PackedQR | 2048x1024 |
            PackedSVD | 1024x1024 |
            Pad | 4096x4096 | "pads":[1,1,1,1],"mode":"reflect"
            Pinv | 1024x1024 |
            Polygamma | 2048x2048 | "n":3
            Polyval | 100 262144 |
            QR | 2048x1024 |
            Quantile | 4194304 =0.3 |
            RMSNormalization | 4096x4096 4096 |
            RNN | 1000x32x128 1x128x128 1x128x128 | "hidden_size":128
            RandomNormal |  | "shape":[33554432]
            RandomNormalLike | 4096x4096 |
            RandomUniform |  | "shape":[33554432]
            RandomUniformLike | 4096x4096 |
            Range | =0 =16777216 =1 |
            ReduceL1 | 4096x4096 | "axes":[1]
            ReduceL2 | 4096x4096 | "axes":[1]
            ReduceLogSum | 4096x4096 | "axes":[1]
            ReduceLogSumExp | 4096x4096 | "axes":[0]
            ReduceMax | 4096x4096 | "axes":[1]
            ReduceMean | 4096x4096 | "axes":[1]
            ReduceMin | 4096x4096 | "axes":[1]
            ReduceProd | 4096x4096 | "axes":[1]
            ReduceSum | 4096x8192 | "axes":[1]
            ReduceSumSquare | 4096x4096 | "axes":[1]
            Repeat | 4096x4096 | "repeats":2,"axis":1
            Reshape | 4096x4096 | "shape":[8192,2048]
            Resize | 1x1x512x512 | "scales":[1,1,4,4],"mode":"cubic"
            ReverseSequence | 2048x2048x4 <2048:2048 |
            RoiAlign | 1x8x256x256 64x4 <1:64 | "output_height":16,"output_width":16,"sampling_ratio":2
            Roll | 4096x4096 | "shifts":[100]
            Rot90 | 4096x4096 |
            RotaryEmbedding | 8x8x1024x64 8x1024x32 8x1024x32 |
            STFT | 1x1048576 =256 512 |
            SVD | 1024x1024 |
            Scatter | 4096x4096 <4096:4096x4096 4096x4096 |
            ScatterElements | 4096x2048 <4096:4096x2048 4096x2048 |
            ScatterND | 4096x4096 <4096:4194304x2 4194304 |
            SearchSorted | 65536 1048576 |
            Shape | 4096x4096 |
            Size | 4096x4096 |
            Slice | 4096x8192 | "starts":[1],"ends":[8000],"axes":[1],"steps":[3]
            Slogdet | 2048x2048 |
            Softmax | 4096x6000 |
            SoftmaxCrossEntropyLoss | 8192x2048 <2048:8192 |
            Solve | 1024x1024 1024x1024 |
            Sort | 4194304 |
            SpaceToDepth | 1x4x2048x2048 | "blocksize":4
            Split | 4096x4096 | "axis":1,"num_outputs":2
            Squeeze | 4096x1x4096 | "axes":[1]
            Stack | 4096x4096 4096x4096 | "axis":2
            StopGradient | 4096x4096 |
            Svdvals | 1024x1024 |
            SwapAxes | 4096x4096 | "axis1":0,"axis2":1
            TensorInverse | 1024x32x32 | "ind":1
            TensorScatter | 64x4096x64 64x1024x64 |
            Tensordot | 2048x64x64 64x64x2048 |
            Tile | 2048x2048 | "repeats":[3,4]
            TopK | 16777216 =1000000 |
            Transpose | 4096x8192 |
            TriangularSolve | 2048x2048 2048x2048 |
            Trilu | 4096x4096 |
            Unfold | 16777216 | "size":8
            Unique | ~4194304 |
            Unsqueeze | 4096x4096 | "axes":[0]
            Upsample | 1x1x480x480 | "scales":[1,1,8,8],"mode":"linear"
            Where | #4096x4096 4096x4096 4096x4096 |
            Xor | #4096x4096 #4096x4096 |
            """;

    /// <summary>All calls.</summary>
    public static IReadOnlyDictionary<string, OperatorCall> All { get; } =
        Table.Split('\n', StringSplitOptions.TrimEntries).Select(Read).ToDictionary(call => call.Operator);

    private static OperatorCall Read(string row)
    {
        string[] cells = row.Split('|', StringSplitOptions.TrimEntries);
        return new OperatorCall(cells[0], cells[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), cells[2]);
    }
}
