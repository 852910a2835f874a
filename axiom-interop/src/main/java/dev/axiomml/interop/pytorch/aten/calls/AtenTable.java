package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.op.index.ScatterReduction;
import dev.axiomml.core.op.pair.Bits;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Min;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceLogSumExp;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.op.reduce.ReduceProd;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Acos;
import dev.axiomml.core.op.scalar.Acosh;
import dev.axiomml.core.op.scalar.Asin;
import dev.axiomml.core.op.scalar.Asinh;
import dev.axiomml.core.op.scalar.Atan;
import dev.axiomml.core.op.scalar.Atanh;
import dev.axiomml.core.op.scalar.Ceil;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Cos;
import dev.axiomml.core.op.scalar.Cosh;
import dev.axiomml.core.op.scalar.Erf;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.Expm1;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.IsInf;
import dev.axiomml.core.op.scalar.IsNan;
import dev.axiomml.core.op.scalar.Log1p;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.LogSigmoid;
import dev.axiomml.core.op.scalar.Mish;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Selu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Sin;
import dev.axiomml.core.op.scalar.Sinh;
import dev.axiomml.core.op.scalar.Softsign;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.scalar.Tan;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.scalar.Trunc;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.AtenRows;
import dev.axiomml.interop.pytorch.aten.AtenRule;
import dev.axiomml.interop.pytorch.aten.AtenStep;
import dev.axiomml.interop.pytorch.aten.CallTarget;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The one table of PyTorch's operators: a row a target, with its parameters as the file names or
 * orders them, and what it becomes.
 *
 * <p>A row is found by overload, else by name; the in-place form of an operator is the operator
 * itself. Arguments are named as PyTorch's own schemas name them; a row says which of them it reads
 * and, with a wave, which mean nothing when a model predicts. What is neither must be at its
 * default.
 */
public final class AtenTable {
  private static final String CONV = "input weight bias stride padding dilation groups";
  private static final String CONV_BACK =
      "input weight bias stride padding output_padding groups dilation";
  private static final String CONV_ANY =
      "input weight bias stride padding dilation transposed output_padding groups";
  private static final String KERNELS = " ~benchmark ~deterministic ~cudnn_enabled ~allow_tf32";
  private static final String BATCH_NORM =
      "input weight bias running_mean running_var training ~momentum eps ~cudnn_enabled";
  private static final String INSTANCE_NORM =
      "input weight bias running_mean running_var use_input_stats ~momentum eps ~cudnn_enabled";
  private static final String BATCH_NORM_LEGIT =
      "input weight bias running_mean running_var ~momentum eps";
  private static final String MAX_POOL = "self kernel_size stride padding dilation ceil_mode";
  private static final String AVG_POOL =
      "self kernel_size stride padding ceil_mode count_include_pad divisor_override";
  private static final String PAIR = "self other alpha";

  private static final String ATTENTION = "query key value attn_mask is_causal scale enable_gqa";
  private static final String RECURRENT =
      "input hx params has_biases num_layers dropout train bidirectional batch_first";
  private static final String BATCH_NORM_ALONE = "input weight bias training ~momentum eps";
  private static final String CELL = "input hx w_ih w_hh b_ih b_hh";
  private static final String FAST_ATTENTION =
      "query key value ~embed_dim num_head qkv_weight qkv_bias proj_weight proj_bias mask"
          + " need_weights average_attn_weights ~mask_type";
  private static final String FAST_ENCODER =
      "src ~embed_dim num_heads qkv_weight qkv_bias proj_weight proj_bias use_gelu norm_first eps"
          + " norm_weight_1 norm_bias_1 norm_weight_2 norm_bias_2 ffn_weight_1 ffn_bias_1"
          + " ffn_weight_2 ffn_bias_2 mask ~mask_type";
  private static final String SCALES_3 = " scales_d scales_h scales_w";

  private static final AtenRows ROWS = rows();

  private AtenTable() {}

  private static AtenRows rows() {
    AtenRows rows = new AtenRows();
    products(rows);
    windows(rows);
    activations(rows);
    norms(rows);
    shapes(rows);
    parts(rows);
    arithmetic(rows);
    functions(rows);
    reductions(rows);
    borders(rows);
    resizing(rows);
    making(rows);
    sizes(rows);
    choosing(rows);
    return rows;
  }

  private static void products(AtenRows to) {
    to.one("linear", "input weight bias", ProductCalls::linear);
    to.one("addmm", "self mat1 mat2 beta alpha", ProductCalls::addmm);
    to.one("baddbmm", "self batch1 batch2 beta alpha", ProductCalls::baddbmm);
    to.one("mm", "self mat2", c -> ProductCalls.matmul(c, "self", "mat2"));
    to.one("bmm", "self mat2", c -> ProductCalls.matmul(c, "self", "mat2"));
    to.one("matmul", "self other", c -> ProductCalls.matmul(c, "self", "other"));
    to.one("conv1d", CONV, ConvolutionCalls::conv);
    to.one("conv2d", CONV, ConvolutionCalls::conv);
    to.one("conv3d", CONV, ConvolutionCalls::conv);
    to.one("convolution", CONV_ANY, ConvolutionCalls::any);
    to.one("_convolution", CONV_ANY + KERNELS, ConvolutionCalls::any);
    to.one("_convolution_mode", CONV, ConvolutionCalls::conv);
    to.one("mv", "self vec", VectorCalls::matrix);
    to.one("dot", "self tensor", c -> VectorCalls.dot(c, "tensor"));
    to.one("vdot", "self other", c -> VectorCalls.dot(c, "other"));
    to.one("outer", "self vec2", VectorCalls::outer);
    to.one("cosine_similarity", "x1 x2 dim eps", VectorCalls::cosine);
    to.one("pairwise_distance", "x1 x2 p eps keepdim", VectorCalls::distance);
    to.one("cdist", "x1 x2 p ~compute_mode", VectorCalls::distances);
    to.one("_cdist_forward", "x1 x2 p ~compute_mode", VectorCalls::distances);
    to.one("lerp", "self end weight", VectorCalls::between);
    to.one("diff", "self n dim prepend append", VectorCalls::differences);
    to.one("bilinear", "input1 input2 weight bias", ProductCalls::bilinear);
    to.one("einsum", "equation tensors ~path", ProductCalls::einsum);
    to.one("conv_transpose1d", CONV_BACK, ConvolutionCalls::transposed);
    to.one("conv_transpose2d", CONV_BACK, ConvolutionCalls::transposed);
    to.one("conv_transpose3d", CONV_BACK, ConvolutionCalls::transposed);
  }

  private static void norms(AtenRows to) {
    to.one("batch_norm", BATCH_NORM, NormCalls::batch);
    to.item("_native_batch_norm_legit_no_training", BATCH_NORM_LEGIT, NormCalls::batchLegit);
    to.one("layer_norm", "input normalized_shape weight bias eps ~cudnn_enable", NormCalls::layer);
    to.item("native_layer_norm", "input normalized_shape weight bias eps", NormCalls::nativeLayer);
    to.one("rms_norm", "input normalized_shape weight eps", NormCalls::rms);
    to.one("group_norm", "input num_groups weight bias eps ~cudnn_enabled", NormCalls::group);
    to.item("native_group_norm", "input weight bias ~N ~C ~HxW group eps", NormCalls::nativeGroup);
    to.item("_native_batch_norm_legit.no_stats", BATCH_NORM_ALONE, NormCalls::alone);
    to.one("_weight_norm", "v g dim", NormCalls::weightNorm);
    to.one("instance_norm", INSTANCE_NORM, NormCalls::instance);
  }

  private static void windows(AtenRows to) {
    to.one("max_pool1d", MAX_POOL, c -> PoolCalls.max(c, 1));
    to.one("max_pool2d", MAX_POOL, c -> PoolCalls.max(c, 2));
    to.one("max_pool3d", MAX_POOL, c -> PoolCalls.max(c, 3));
    to.item("max_pool1d_with_indices", MAX_POOL, c -> PoolCalls.maxWithIndices(c, 1));
    to.item("max_pool2d_with_indices", MAX_POOL, c -> PoolCalls.maxWithIndices(c, 2));
    to.item("max_pool3d_with_indices", MAX_POOL, c -> PoolCalls.maxWithIndices(c, 3));
    to.one("avg_pool1d", AVG_POOL.replace(" divisor_override", ""), c -> PoolCalls.average(c, 1));
    to.one("avg_pool2d", AVG_POOL, c -> PoolCalls.average(c, 2));
    to.one("avg_pool3d", AVG_POOL, c -> PoolCalls.average(c, 3));
    to.one("adaptive_avg_pool1d", "self output_size", c -> PoolCalls.adaptiveAverage(c, 1));
    to.one("adaptive_avg_pool2d", "self output_size", c -> PoolCalls.adaptiveAverage(c, 2));
    to.one("adaptive_avg_pool3d", "self output_size", c -> PoolCalls.adaptiveAverage(c, 3));
    to.one("_adaptive_avg_pool2d", "self output_size", c -> PoolCalls.adaptiveAverage(c, 2));
    to.one("_adaptive_avg_pool3d", "self output_size", c -> PoolCalls.adaptiveAverage(c, 3));
    to.item("adaptive_max_pool1d", "self output_size", c -> PoolCalls.adaptiveMax(c, 1));
    to.item("adaptive_max_pool2d", "self output_size", c -> PoolCalls.adaptiveMax(c, 2));
    to.item("adaptive_max_pool3d", "self output_size", c -> PoolCalls.adaptiveMax(c, 3));
  }

  private static void activations(AtenRows to) {
    to.one("relu", "self", ActivationCalls::relu);
    to.unary("relu6", new Clip(0, 6));
    to.real("sigmoid", new Sigmoid());
    to.real("tanh", new Tanh());
    to.unary("silu", new Silu());
    to.unary("mish", new Mish());
    to.unary("selu", new Selu());
    to.unary("hardswish", new HardSwish());
    to.unary("hardsigmoid", new HardSigmoid(1.0 / 6, 0.5));
    to.unary("log_sigmoid", new LogSigmoid());
    to.own("softsign", "self", c -> ArithmeticCalls.flow(c.emit(new Softsign(), c.tensor("self"))));
    to.one("gelu", "self approximate", ActivationCalls::gelu);
    to.one("leaky_relu", "self negative_slope", ActivationCalls::leakyRelu);
    to.one("elu", "self alpha scale input_scale", ActivationCalls::elu);
    to.one("celu", "self alpha", ActivationCalls::celu);
    to.one("softplus", "self beta threshold", ActivationCalls::softplus);
    to.one("hardtanh", "self min_val max_val", ActivationCalls::hardtanh);
    to.one("clamp_min", "self min", c -> ActivationCalls.clip(c, "min", ""));
    to.one("clamp_max", "self max", c -> ActivationCalls.clip(c, "", "max"));
    for (String clip : List.of("clamp", "clip")) {
      to.one(clip, "self min max", c -> ActivationCalls.clip(c, "min", "max"));
    }
    to.one("softshrink", "self lambd", ActivationCalls::softShrink);
    to.one("softmax", "self dim dtype", c -> ActivationCalls.softmax(c));
    to.one("log_softmax", "self dim dtype", c -> ActivationCalls.logSoftmax(c));
    to.one("_log_softmax", "self dim half_to_float", c -> ActivationCalls.logSoftmax(c));
    to.one("prelu", "self weight", ActivationCalls::prelu);
    to.one("glu", "self dim", ActivationCalls::glu);
    to.one("hardshrink", "self lambd", ActivationCalls::hardShrink);
    to.own("tanhshrink", "self", c -> ArithmeticCalls.flow(ActivationCalls.tanhShrink(c)));
    to.one("threshold", "self threshold value", ActivationCalls::threshold);
    to.one("rrelu", "self lower upper training", ActivationCalls::rrelu);
    to.one("_softmax", "self dim half_to_float", c -> ActivationCalls.softmax(c));
    to.one("dropout", "input p train", ActivationCalls::dropout);
    to.one("feature_dropout", "input p train", ActivationCalls::dropout);
    to.one("alpha_dropout", "input p train", ActivationCalls::dropout);
    to.one("native_dropout", "input p train", ActivationCalls::dropout);
  }

  private static void shapes(AtenRows to) {
    to.item("view", "self size", c -> ShapeCalls.view(c, "size"));
    to.item("_unsafe_view", "self size", c -> ShapeCalls.view(c, "size"));
    to.item("reshape", "self shape", c -> ShapeCalls.view(c, "shape"));
    to.item("view_as", "self other", ShapeCalls::like);
    to.item("reshape_as", "self other", ShapeCalls::like);
    to.item("flatten", "self start_dim end_dim", ShapeCalls::flatten);
    to.item("unflatten", "self dim sizes", ShapeCalls::unflatten);
    to.item("squeeze", "self dim", ShapeCalls::squeeze);
    to.item("unsqueeze", "self dim", ShapeCalls::unsqueeze);
    to.item("permute", "self dims", ShapeCalls::permute);
    to.item("transpose", "self dim0 dim1", c -> ShapeCalls.swapped(c, "dim0", "dim1"));
    to.item("t", "self", ShapeCalls::t);
    to.item("mT", "self", c -> ShapeCalls.matrix(c, false));
    to.item("numpy_T", "self", c -> ShapeCalls.matrix(c, true));
    to.item("swapaxes", "self axis0 axis1", c -> ShapeCalls.swapped(c, "axis0", "axis1"));
    to.item("swapdims", "self dim0 dim1", c -> ShapeCalls.swapped(c, "dim0", "dim1"));
    to.item("as_strided", "self size stride storage_offset", ShapeCalls::strided);
    to.item("moveaxis", "self source destination", ShapeCalls::movedim);
    to.item("movedim", "self source destination", ShapeCalls::movedim);
    to.one("clone", "self", c -> c.tensor("self"));
    to.same("contiguous", "self");
    to.same("alias", "self");
    to.same("detach", "self");
    to.same("lift_fresh_copy", "self");
  }

  private static void parts(AtenRows to) {
    to.one("cat", "tensors dim", SlicingCalls::cat);
    to.one("concat", "tensors dim", SlicingCalls::cat);
    to.one("concatenate", "tensors dim", SlicingCalls::cat);
    to.one("stack", "tensors dim", SlicingCalls::stack);
    to.several("split", "self split_size dim", SlicingCalls::split);
    to.several("split.default", "self split_sizes dim", SlicingCalls::splitWithSizes);
    to.several("split_with_sizes", "self split_sizes dim", SlicingCalls::splitWithSizes);
    to.several("unsafe_split", "self split_size dim", SlicingCalls::split);
    to.several("unsafe_split_with_sizes", "self split_sizes dim", SlicingCalls::splitWithSizes);
    to.several("unsafe_chunk", "self chunks dim", SlicingCalls::chunk);
    to.one("slice_scatter", "self src dim start end step", SlicingCalls::scatter);
    to.one("select_scatter", "self src dim index", SlicingCalls::scatterOne);
    to.several("chunk", "self chunks dim", SlicingCalls::chunk);
    to.several("unbind", "self dim", SlicingCalls::unbind);
    to.one("select", "self dim index", SlicingCalls::select);
    to.one("narrow", "self dim start length", SlicingCalls::narrow);
    to.one("slice", "self dim start end step", SlicingCalls::slice);
    to.one("flip", "self dims", SlicingCalls::flip);
  }

  private static void arithmetic(AtenRows to) {
    to.item("add", PAIR, ArithmeticCalls::add);
    to.item("sub", PAIR, ArithmeticCalls::sub);
    to.item("rsub", PAIR, ArithmeticCalls::rsub);
    to.item("mul", "self other", ArithmeticCalls::mul);
    to.item("div", "self other rounding_mode", ArithmeticCalls::div);
    to.item("divide", "self other rounding_mode", ArithmeticCalls::div);
    to.item("true_divide", "self other", ArithmeticCalls::div);
    to.item("floor_divide", "self other", ArithmeticCalls::floorDivide);
    to.item("pow", "self exponent", ArithmeticCalls::pow);
    to.one("fmod", "self other", c -> ArithmeticCalls.remainder(c, true));
    to.item("remainder", "self other", ArithmeticCalls::modulo);
    to.one("maximum", "self other", c -> ArithmeticCalls.binary(c, new Max()));
    to.one("minimum", "self other", c -> ArithmeticCalls.binary(c, new Min()));
    to.one("where", "condition self other", ComparisonCalls::where);
    to.one("masked_fill", "self mask value", ArithmeticCalls::maskedFill);
    to.one("addcmul", "self tensor1 tensor2 value", ReductionCalls::addcmul);
    to.one("scaled_dot_product_attention", ATTENTION, AttentionCalls::scaledDotProduct);
    to.several("lstm", RECURRENT, RecurrentCalls::lstm);
    to.several("lstm_cell", CELL, RecurrentCalls::lstmCell);
    to.one("gru_cell", CELL, RecurrentCalls::gruCell);
    to.item("_native_multi_head_attention", FAST_ATTENTION, FastPaths::attention);
    to.one("_transformer_encoder_layer_fwd", FAST_ENCODER, FastPaths::encoderLayer);
    to.several("gru", RECURRENT, RecurrentCalls::gru);
    to.several("rnn_tanh", RECURRENT, c -> RecurrentCalls.rnn(c, false));
    to.several("rnn_relu", RECURRENT, c -> RecurrentCalls.rnn(c, true));
  }

  private static void functions(AtenRows to) {
    to.unary("neg", new Neg());
    to.real("exp", new Exp());
    to.real("expm1", new Expm1());
    to.real("log", new Log());
    to.real("log1p", new Log1p());
    to.one("log2", "self", c -> ArithmeticCalls.log(c, 2));
    to.one("log10", "self", c -> ArithmeticCalls.log(c, 10));
    to.real("sqrt", new Sqrt());
    to.one("rsqrt", "self", ArithmeticCalls::rsqrt);
    to.unary("abs", new Abs());
    to.real("erf", new Erf());
    to.one("square", "self", ArithmeticCalls::square);
    to.real("reciprocal", new Reciprocal());
    to.one("floor", "self", c -> ArithmeticCalls.rounded(c, new Floor()));
    to.one("ceil", "self", c -> ArithmeticCalls.rounded(c, new Ceil()));
    to.one("round", "self decimals", ArithmeticCalls::round);
    to.one("trunc", "self", c -> ArithmeticCalls.rounded(c, new Trunc()));
    to.unary("sign", new Sign());
    to.real("sin", new Sin());
    to.real("cos", new Cos());
    to.real("tan", new Tan());
    to.real("sinh", new Sinh());
    to.real("cosh", new Cosh());
    to.real("asin", new Asin());
    to.real("acos", new Acos());
    to.real("atan", new Atan());
    to.one("isnan", "self", c -> ElementCalls.is(c, new IsNan()));
    to.one("isinf", "self", c -> ElementCalls.is(c, new IsInf(true, true)));
    to.one("isposinf", "self", c -> ElementCalls.is(c, new IsInf(false, true)));
    to.one("isneginf", "self", c -> ElementCalls.is(c, new IsInf(true, false)));
    to.one("isfinite", "self", ElementCalls::isFinite);
    composed(to);
  }

  private static void composed(AtenRows to) {
    for (String angle : List.of("atan2", "arctan2")) {
      to.one(angle, "self other", ElementCalls::angle);
    }
    to.one("hypot", "self other", ElementCalls::length);
    to.one("fmax", "self other", c -> ElementCalls.best(c, new Max()));
    to.one("fmin", "self other", c -> ElementCalls.best(c, new Min()));
    to.one("logaddexp", "self other", ElementCalls::logSum);
    to.one("xlogy", "self other", ElementCalls::timesLog);
    to.one("special_xlogy", "self other", ElementCalls::timesLog);
    to.one("frac", "self", ElementCalls::fraction);
    to.one("logit", "self eps", ElementCalls::logit);
    to.one("sinc", "self", ElementCalls::sinc);
    to.one("exp2", "self", ElementCalls::powerOfTwo);
    to.one("float_power", "self exponent", ElementCalls::widePower);
    to.one("mse_loss", "self target reduction", c -> ElementCalls.loss(c, new Square()));
    to.one("l1_loss", "self target reduction", c -> ElementCalls.loss(c, new Abs()));
    to.one("addcdiv", "self tensor1 tensor2 value", ElementCalls::plusQuotient);
    to.one("bucketize", "self boundaries out_int32 right", c -> ElementCalls.bucket(c, "boundaries"));
    to.one(
        "searchsorted",
        "sorted_sequence self out_int32 right",
        c -> ElementCalls.bucket(c, "sorted_sequence"));
    to.one(
        "fake_quantize_per_tensor_affine",
        "self scale zero_point quant_min quant_max",
        ElementCalls::fakeQuantize);
    to.real("asinh", new Asinh());
    to.real("acosh", new Acosh());
    to.real("atanh", new Atanh());
    to.real("special_expit", new Sigmoid());
    to.unary("sgn", new Sign());
    to.one("fix", "self", c -> ArithmeticCalls.rounded(c, new Trunc()));
    to.one("deg2rad", "self", c -> ArithmeticCalls.scaledReal(c, Math.PI / 180));
    to.one("rad2deg", "self", c -> ArithmeticCalls.scaledReal(c, 180 / Math.PI));
  }

  private static void reductions(AtenRows to) {
    to.one("mean.default", "self dtype", c -> ReductionCalls.all(c, ReduceMean::new));
    to.one("mean.dim", "self dim keepdim dtype", c -> ReductionCalls.over(c, ReduceMean::new));
    to.one("sum.default", "self dtype", c -> ReductionCalls.all(c, ReduceSum::new));
    to.one(
        "sum.dim_IntList", "self dim keepdim dtype", c -> ReductionCalls.over(c, ReduceSum::new));
    to.one("prod.default", "self dtype", c -> ReductionCalls.all(c, ReduceProd::new));
    to.one("prod.dim_int", "self dim keepdim dtype", c -> ReductionCalls.over(c, ReduceProd::new));
    to.one("amax", "self dim keepdim", c -> ReductionCalls.over(c, ReduceMax::new));
    to.one("amin", "self dim keepdim", c -> ReductionCalls.over(c, ReduceMin::new));
    to.one("max.default", "self", c -> ReductionCalls.all(c, ReduceMax::new));
    to.several("max.dim", "self dim keepdim", c -> ReductionCalls.extreme(c, ReduceMax::new, true));
    to.one("max.other", "self other", c -> ArithmeticCalls.binary(c, new Max()));
    to.one("min.default", "self", c -> ReductionCalls.all(c, ReduceMin::new));
    to.several("min.dim", "self dim keepdim", c -> ReductionCalls.extreme(c, ReduceMin::new, false));
    to.one("min.other", "self other", c -> ArithmeticCalls.binary(c, new Min()));
    to.one("logsumexp", "self dim keepdim", c -> ReductionCalls.over(c, ReduceLogSumExp::new));
    to.one("linalg_vector_norm", "self ord dim keepdim dtype", c -> ReductionCalls.norm(c, "ord"));
    to.one("norm", "self p dim keepdim dtype", c -> ReductionCalls.norm(c, "p"));
    to.one("var", "self dim unbiased correction keepdim", ReductionCalls::variance);
    to.one("std", "self dim unbiased correction keepdim", ReductionCalls::deviation);
    to.one("argmax", "self dim keepdim", c -> ReductionCalls.position(c, true));
    to.one("argmin", "self dim keepdim", c -> ReductionCalls.position(c, false));
    to.several("var_mean", "self dim unbiased correction keepdim", c -> ReductionCalls.withMean(c, false));
    to.several("std_mean", "self dim unbiased correction keepdim", c -> ReductionCalls.withMean(c, true));
    to.one("nansum", "self dim keepdim dtype", c -> ReductionCalls.known(c, false));
    to.one("nanmean", "self dim keepdim dtype", c -> ReductionCalls.known(c, true));
    to.one("count_nonzero", "self dim", ReductionCalls::notZero);
    to.several("aminmax", "self dim keepdim", ReductionCalls::extremes);
    to.one("frobenius_norm", "self dim keepdim", c -> ReductionCalls.over(c, ReduceL2::new));
    to.several("topk", "self k dim largest sorted", ReductionCalls::topK);
    to.one("cumsum", "self dim dtype", ReductionCalls::cumulative);
  }

  private static void choosing(AtenRows to) {
    to.one("eq", "self other", c -> ComparisonCalls.compare(c, Compare.Kind.EQUAL));
    to.one("ne", "self other", c -> ComparisonCalls.compare(c, Compare.Kind.UNEQUAL));
    to.one("lt", "self other", c -> ComparisonCalls.compare(c, Compare.Kind.LESS));
    to.one("le", "self other", c -> ComparisonCalls.compare(c, Compare.Kind.LESS_OR_EQUAL));
    to.one("gt", "self other", c -> ComparisonCalls.compare(c, Compare.Kind.GREATER));
    to.one("ge", "self other", c -> ComparisonCalls.compare(c, Compare.Kind.GREATER_OR_EQUAL));
    to.one("logical_not", "self", c -> ComparisonCalls.logic(c, Logic.Kind.NOT));
    to.one("logical_and", "self other", c -> ComparisonCalls.logic(c, Logic.Kind.AND));
    to.one("logical_or", "self other", c -> ComparisonCalls.logic(c, Logic.Kind.OR));
    to.one("logical_xor", "self other", c -> ComparisonCalls.logic(c, Logic.Kind.XOR));
    to.one("bitwise_and", "self other", c -> ComparisonCalls.bits(c, Bits.Kind.AND));
    to.one("bitwise_or", "self other", c -> ComparisonCalls.bits(c, Bits.Kind.OR));
    to.one("bitwise_xor", "self other", c -> ComparisonCalls.bits(c, Bits.Kind.XOR));
    to.one("__and__", "self other", c -> ComparisonCalls.bits(c, Bits.Kind.AND));
    to.one("__or__", "self other", c -> ComparisonCalls.bits(c, Bits.Kind.OR));
    to.one("__xor__", "self other", c -> ComparisonCalls.bits(c, Bits.Kind.XOR));
    to.one("bitwise_not", "self", c -> ComparisonCalls.bits(c, Bits.Kind.NOT));
    to.one("any", "self dim keepdim", ComparisonCalls::any);
    to.one("all", "self dim keepdim", ComparisonCalls::all);
    to.one(
        "embedding",
        "weight indices ~padding_idx ~scale_grad_by_freq ~sparse",
        ComparisonCalls::embedding);
    to.one("index_select", "self dim index", ComparisonCalls::indexSelect);
    to.one("index", "self indices", IndexingCalls::read);
    to.one("index_put", "self indices values accumulate", IndexingCalls::write);
    to.one("scatter.src", "self dim index src", c -> ComparisonCalls.scatter(c, "src"));
    to.one("scatter.reduce", "self dim index src reduce", c -> ComparisonCalls.scatter(c, "src"));
    to.one("scatter.value", "self dim index value", c -> ComparisonCalls.scatter(c, "value"));
    to.one(
        "scatter.value_reduce",
        "self dim index value reduce",
        c -> ComparisonCalls.scatter(c, "value"));
    to.one("scatter_add", "self dim index src", ComparisonCalls::scatterAdd);
    to.one("one_hot", "self num_classes", ComparisonCalls::oneHot);
    to.several("sort", "self dim descending", SortingCalls::sort);
    to.several("sort.stable", "self ~stable dim descending", SortingCalls::sort);
    to.one("argsort.default", "self dim descending", c -> SortingCalls.sort(c).get(1));
    to.one("argsort.stable", "self ~stable dim descending", c -> SortingCalls.sort(c).get(1));
    to.several("kthvalue", "self k dim keepdim", c -> SortingCalls.smallest(c, c.whole("k")));
    to.several("median.dim", "self dim keepdim", SortingCalls::median);
    to.one("diagonal", "self offset dim1 dim2", SortingCalls::diagonal);
    to.one("repeat_interleave.self_int", "self repeats dim ~output_size", SortingCalls::repeated);
    to.one("unfold", "self dimension size step", PlaceCalls::windows);
    to.one("index_copy", "self dim index source", c -> PlaceCalls.written(c, ScatterReduction.REPLACE));
    to.one("index_fill", "self dim index value", c -> PlaceCalls.written(c, ScatterReduction.REPLACE));
    to.one("index_add", "self dim index source alpha", c -> PlaceCalls.written(c, ScatterReduction.ADD));
    to.one("take_along_dim", "self indices dim", PlaceCalls::along);
    to.one("hstack", "tensors", c -> PlaceCalls.piled(c, 1, 1));
    to.one("vstack", "tensors", c -> PlaceCalls.piled(c, 0, 2));
    to.one("dstack", "tensors", c -> PlaceCalls.piled(c, 2, 3));
    to.one("column_stack", "tensors", c -> PlaceCalls.piled(c, 1, 2));
    to.one(
        "grid_sampler",
        "input grid interpolation_mode padding_mode align_corners",
        PlaceCalls::gridSample);
    to.one("affine_grid_generator", "theta size align_corners", PlaceCalls::affineGrid);
    to.one("eye", "n m dtype", PlaceCalls::eye);
    to.one("tril_indices", "row col offset ~dtype", c -> PlaceCalls.triangle(c, false));
    to.one("triu_indices", "row col offset ~dtype", c -> PlaceCalls.triangle(c, true));
    to.one("im2col", "self kernel_size dilation padding stride", SortingCalls::columns);
    to.one("gather", "self dim index ~sparse_grad", ComparisonCalls::gather);
    to.one("to", "self dtype copy ~device", ComparisonCalls::to);
    to.one("to.other", "self other copy", ComparisonCalls::typeAs);
    to.one("_to_copy", "self dtype", ComparisonCalls::to);
    to.one("type_as", "self other", ComparisonCalls::typeAs);
    to.item("_assert_tensor_metadata", "a size stride dtype", ComparisonCalls::asserted);
    to.item("_assert_scalar", "~self ~assert_msg", c -> AtenItem.NOTHING);
    to.item("_assert_async", "~self ~assert_msg", c -> AtenItem.NOTHING);
    to.item("sym_constrain_range", "~size ~min ~max", c -> AtenItem.NOTHING);
    to.item("sym_constrain_range_for_size", "~size ~min ~max", c -> AtenItem.NOTHING);
  }

  private static void borders(AtenRows to) {
    to.one("pad", "self pad mode value", PaddingCalls::pad);
    to.one("constant_pad_nd", "self pad value", PaddingCalls::constant);
    for (int axes = 1; axes <= 3; axes++) {
      to.one(
          "reflection_pad" + axes + "d",
          "self padding",
          c -> PaddingCalls.by(c, "padding", "reflect"));
      to.one(
          "replication_pad" + axes + "d",
          "self padding",
          c -> PaddingCalls.by(c, "padding", "replicate"));
    }
    to.one("_pad_circular", "self pad", c -> PaddingCalls.by(c, "pad", "circular"));
  }

  private static void resizing(AtenRows to) {
    for (int n = 1; n <= 3; n++) {
      int axes = n;
      resizing(to, "upsample_nearest", axes, c -> ResizeCalls.nearest(c, axes));
      resizing(to, "_upsample_nearest_exact", axes, c -> ResizeCalls.nearestExact(c, axes));
    }
    resizing(to, "upsample_linear", 1, c -> ResizeCalls.linear(c, 1));
    resizing(to, "upsample_bilinear", 2, c -> ResizeCalls.linear(c, 2));
    resizing(to, "upsample_trilinear", 3, c -> ResizeCalls.linear(c, 3));
    resizing(to, "upsample_bicubic", 2, ResizeCalls::cubic);
    to.own(
        "interpolate",
        "input size scale_factor mode align_corners recompute_scale_factor",
        c -> ArithmeticCalls.flow(ResizeCalls.interpolate(c)));
    to.one("channel_shuffle", "self groups", ResizeCalls::shuffledChannels);
    to.one("pixel_shuffle", "self upscale_factor", ResizeCalls::shuffle);
    to.one("pixel_unshuffle", "self downscale_factor", ResizeCalls::unshuffle);
  }

  /** Both forms: factors in one list, or one by one. */
  private static void resizing(AtenRows to, String mode, int axes, AtenRule.One rule) {
    String target = mode + axes + "d";
    String corners = mode.contains("nearest") ? "" : " align_corners";
    String scales = List.of(" scales", " scales_h scales_w", SCALES_3).get(axes - 1);
    to.one(target + ".vec", "input output_size scale_factors" + corners, rule);
    to.one(target, "self output_size" + corners + scales, rule);
  }

  private static void making(AtenRows to) {
    to.one("expand", "self size ~implicit", CreationCalls::expand);
    to.one("expand_as", "self other", CreationCalls::expandAs);
    to.one("broadcast_to", "self size", CreationCalls::expand);
    to.one("repeat", "self repeats", c -> CreationCalls.repeat(c, "repeats"));
    to.one("tile", "self dims", c -> CreationCalls.repeat(c, "dims"));
    to.one("full", "size fill_value dtype", CreationCalls::full);
    to.one("zeros", "size dtype", c -> CreationCalls.filled(c, 0));
    to.one("ones", "size dtype", c -> CreationCalls.filled(c, 1));
    to.one("empty", "size dtype", c -> CreationCalls.filled(c, 0));
    to.one("copy", "self src", CreationCalls::copy);
    to.one("fill", "self value", CreationCalls::fill);
    to.one("zero", "self", CreationCalls::zero);
    to.one("tensor", "t dtype", c -> CreationCalls.listed(c, "t"));
    to.one("tensor.default", "data dtype", c -> CreationCalls.listed(c, "data"));
    to.several("meshgrid", "tensors indexing", CreationCalls::meshgrid);
    to.several("broadcast_tensors", "tensors", CreationCalls::broadcast);
    to.one("linspace", "start end steps dtype", CreationCalls::linspace);
    to.one("nan_to_num", "self nan posinf neginf", CreationCalls::finite);
    to.one(
        "full_like", "self fill_value dtype", c -> CreationCalls.like(c, c.number("fill_value")));
    to.one("zeros_like", "self dtype", c -> CreationCalls.like(c, 0));
    to.one("ones_like", "self dtype", c -> CreationCalls.like(c, 1));
    to.one(
        "new_full",
        "self size fill_value dtype",
        c -> CreationCalls.sized(c, c.number("fill_value")));
    to.one("new_zeros", "self size dtype", c -> CreationCalls.sized(c, 0));
    to.one("new_ones", "self size dtype", c -> CreationCalls.sized(c, 1));
    to.one("arange", "start end step dtype", CreationCalls::arange);
    to.one("scalar_tensor", "s dtype", CreationCalls::scalar);
    to.one("tril", "self diagonal", c -> CreationCalls.triangle(c, false));
    to.one("triu", "self diagonal", c -> CreationCalls.triangle(c, true));
    to.one("roll", "self shifts dims", CreationCalls::roll);
  }

  private static void sizes(AtenRows to) {
    to.item("sym_size", "self dim", SizeArithmetic::size);
    to.item("size", "self dim", SizeArithmetic::size);
    to.item("sym_numel", "self", SizeArithmetic::count);
    to.item("numel", "self", SizeArithmetic::count);
    to.own("_operator.add", "a b", SizeArithmetic::sum);
    to.own("_operator.sub", "a b", SizeArithmetic::difference);
    to.own("_operator.mul", "a b", SizeArithmetic::product);
    to.own("_operator.floordiv", "a b", SizeArithmetic::quotient);
    to.own("_operator.getitem", "a b", SizeArithmetic::element);
    to.own("_operator.mod", "a b", SizeArithmetic::remainder);
    to.own("_operator.neg", "a", SizeArithmetic::opposite);
    to.own("_operator.eq", "a b", c -> SizeArithmetic.compare(c, (a, b) -> a == b));
    to.own("_operator.ne", "a b", c -> SizeArithmetic.compare(c, (a, b) -> a != b));
    to.own("_operator.ge", "a b", c -> SizeArithmetic.compare(c, (a, b) -> a >= b));
    to.own("_operator.gt", "a b", c -> SizeArithmetic.compare(c, (a, b) -> a > b));
    to.own("_operator.le", "a b", c -> SizeArithmetic.compare(c, (a, b) -> a <= b));
    to.own("_operator.lt", "a b", c -> SizeArithmetic.compare(c, (a, b) -> a < b));
    to.item("add.int", "a b", SizeArithmetic::sum);
    to.item("sub.int", "a b", SizeArithmetic::difference);
    to.item("mul.int", "a b", SizeArithmetic::product);
    to.item("floordiv.int", "a b", SizeArithmetic::quotient);
    to.item("remainder.int", "a b", SizeArithmetic::remainder);
    to.item("neg.int", "a", SizeArithmetic::opposite);
  }

  /** The row and the overload of a call. */
  public static Optional<AtenRows.Match> find(AtenStep step, UnaryOperator<AtenItem> resolved) {
    return ROWS.find(step, resolved);
  }

  public static boolean knows(CallTarget target) {
    return ROWS.knows(target);
  }

  /** All rows by their keys. */
  public static AtenRows table() {
    return ROWS;
  }
}
