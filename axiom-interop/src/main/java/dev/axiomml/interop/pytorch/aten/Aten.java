package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.op.Abs;
import dev.axiomml.core.op.Acos;
import dev.axiomml.core.op.ArgMax;
import dev.axiomml.core.op.ArgMin;
import dev.axiomml.core.op.Asin;
import dev.axiomml.core.op.Atan;
import dev.axiomml.core.op.Bits;
import dev.axiomml.core.op.Ceil;
import dev.axiomml.core.op.Clip;
import dev.axiomml.core.op.Compare;
import dev.axiomml.core.op.Cos;
import dev.axiomml.core.op.Cosh;
import dev.axiomml.core.op.Erf;
import dev.axiomml.core.op.Exp;
import dev.axiomml.core.op.Expm1;
import dev.axiomml.core.op.Floor;
import dev.axiomml.core.op.HardSigmoid;
import dev.axiomml.core.op.HardSwish;
import dev.axiomml.core.op.IsNan;
import dev.axiomml.core.op.Log;
import dev.axiomml.core.op.Log1p;
import dev.axiomml.core.op.LogSigmoid;
import dev.axiomml.core.op.Logic;
import dev.axiomml.core.op.Max;
import dev.axiomml.core.op.Min;
import dev.axiomml.core.op.Mish;
import dev.axiomml.core.op.Neg;
import dev.axiomml.core.op.Reciprocal;
import dev.axiomml.core.op.ReduceLogSumExp;
import dev.axiomml.core.op.ReduceMax;
import dev.axiomml.core.op.ReduceMean;
import dev.axiomml.core.op.ReduceMin;
import dev.axiomml.core.op.ReduceProd;
import dev.axiomml.core.op.ReduceSum;
import dev.axiomml.core.op.Selu;
import dev.axiomml.core.op.Sigmoid;
import dev.axiomml.core.op.Sign;
import dev.axiomml.core.op.Silu;
import dev.axiomml.core.op.Sin;
import dev.axiomml.core.op.Sinh;
import dev.axiomml.core.op.Softsign;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Tan;
import dev.axiomml.core.op.Tanh;
import dev.axiomml.core.op.Trunc;
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
public final class Aten {
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

  private static final String ATTENTION = "query key value attn_mask is_causal scale";
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
  private static final Reductions.Where ARG_MAX = (axis, keep) -> new ArgMax(axis, keep, false);
  private static final Reductions.Where ARG_MIN = (axis, keep) -> new ArgMin(axis, keep, false);

  private static final Rows ROWS = rows();

  private Aten() {}

  private static Rows rows() {
    Rows rows = new Rows();
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

  private static void products(Rows to) {
    to.one("linear", "input weight bias", Products::linear);
    to.one("addmm", "self mat1 mat2 beta alpha", Products::addmm);
    to.one("baddbmm", "self batch1 batch2 beta alpha", Products::baddbmm);
    to.one("mm", "self mat2", c -> Products.matmul(c, "self", "mat2"));
    to.one("bmm", "self mat2", c -> Products.matmul(c, "self", "mat2"));
    to.one("matmul", "self other", c -> Products.matmul(c, "self", "other"));
    to.one("conv1d", CONV, Convolutions::conv);
    to.one("conv2d", CONV, Convolutions::conv);
    to.one("conv3d", CONV, Convolutions::conv);
    to.one("convolution", CONV_ANY, Convolutions::any);
    to.one("_convolution", CONV_ANY + KERNELS, Convolutions::any);
    to.one("_convolution_mode", CONV, Convolutions::conv);
    to.one("mv", "self vec", Vectors::matrix);
    to.one("dot", "self tensor", c -> Vectors.dot(c, "tensor"));
    to.one("vdot", "self other", c -> Vectors.dot(c, "other"));
    to.one("outer", "self vec2", Vectors::outer);
    to.one("cosine_similarity", "x1 x2 dim eps", Vectors::cosine);
    to.one("pairwise_distance", "x1 x2 p eps keepdim", Vectors::distance);
    to.one("cdist", "x1 x2 p ~compute_mode", Vectors::distances);
    to.one("_cdist_forward", "x1 x2 p ~compute_mode", Vectors::distances);
    to.one("lerp", "self end weight", Vectors::between);
    to.one("diff", "self n dim prepend append", Vectors::differences);
    to.one("bilinear", "input1 input2 weight bias", Products::bilinear);
    to.one("einsum", "equation tensors ~path", Products::einsum);
    to.one("conv_transpose1d", CONV_BACK, Convolutions::transposed);
    to.one("conv_transpose2d", CONV_BACK, Convolutions::transposed);
    to.one("conv_transpose3d", CONV_BACK, Convolutions::transposed);
  }

  private static void norms(Rows to) {
    to.one("batch_norm", BATCH_NORM, Norms::batch);
    to.item("_native_batch_norm_legit_no_training", BATCH_NORM_LEGIT, Norms::batchLegit);
    to.one("layer_norm", "input normalized_shape weight bias eps ~cudnn_enable", Norms::layer);
    to.item("native_layer_norm", "input normalized_shape weight bias eps", Norms::nativeLayer);
    to.one("rms_norm", "input normalized_shape weight eps", Norms::rms);
    to.one("group_norm", "input num_groups weight bias eps ~cudnn_enabled", Norms::group);
    to.item("native_group_norm", "input weight bias ~N ~C ~HxW group eps", Norms::nativeGroup);
    to.item("_native_batch_norm_legit.no_stats", BATCH_NORM_ALONE, Norms::alone);
    to.one("_weight_norm", "v g dim", Norms::weightNorm);
    to.one("instance_norm", INSTANCE_NORM, Norms::instance);
  }

  private static void windows(Rows to) {
    to.one("max_pool1d", MAX_POOL, c -> Pools.max(c, 1));
    to.one("max_pool2d", MAX_POOL, c -> Pools.max(c, 2));
    to.one("max_pool3d", MAX_POOL, c -> Pools.max(c, 3));
    to.item("max_pool1d_with_indices", MAX_POOL, c -> Pools.maxWithIndices(c, 1));
    to.item("max_pool2d_with_indices", MAX_POOL, c -> Pools.maxWithIndices(c, 2));
    to.item("max_pool3d_with_indices", MAX_POOL, c -> Pools.maxWithIndices(c, 3));
    to.one("avg_pool1d", AVG_POOL.replace(" divisor_override", ""), c -> Pools.average(c, 1));
    to.one("avg_pool2d", AVG_POOL, c -> Pools.average(c, 2));
    to.one("avg_pool3d", AVG_POOL, c -> Pools.average(c, 3));
    to.one("adaptive_avg_pool1d", "self output_size", c -> Pools.adaptiveAverage(c, 1));
    to.one("adaptive_avg_pool2d", "self output_size", c -> Pools.adaptiveAverage(c, 2));
    to.one("adaptive_avg_pool3d", "self output_size", c -> Pools.adaptiveAverage(c, 3));
    to.one("_adaptive_avg_pool2d", "self output_size", c -> Pools.adaptiveAverage(c, 2));
    to.one("_adaptive_avg_pool3d", "self output_size", c -> Pools.adaptiveAverage(c, 3));
    to.item("adaptive_max_pool1d", "self output_size", c -> Pools.adaptiveMax(c, 1));
    to.item("adaptive_max_pool2d", "self output_size", c -> Pools.adaptiveMax(c, 2));
    to.item("adaptive_max_pool3d", "self output_size", c -> Pools.adaptiveMax(c, 3));
  }

  private static void activations(Rows to) {
    to.one("relu", "self", Activations::relu);
    to.unary("relu6", new Clip(0, 6));
    to.real("sigmoid", new Sigmoid());
    to.real("tanh", new Tanh());
    to.unary("silu", new Silu());
    to.unary("mish", new Mish());
    to.unary("selu", new Selu());
    to.unary("hardswish", new HardSwish());
    to.unary("hardsigmoid", new HardSigmoid(1.0 / 6, 0.5));
    to.unary("log_sigmoid", new LogSigmoid());
    to.own("softsign", "self", c -> Arithmetic.flow(c.emit(new Softsign(), c.tensor("self"))));
    to.one("gelu", "self approximate", Activations::gelu);
    to.one("leaky_relu", "self negative_slope", Activations::leakyRelu);
    to.one("elu", "self alpha scale input_scale", Activations::elu);
    to.one("celu", "self alpha", Activations::celu);
    to.one("softplus", "self beta threshold", Activations::softplus);
    to.one("hardtanh", "self min_val max_val", Activations::hardtanh);
    to.one("clamp", "self min max", c -> Activations.clip(c, "min", "max"));
    to.one("clamp_min", "self min", c -> Activations.clip(c, "min", ""));
    to.one("clamp_max", "self max", c -> Activations.clip(c, "", "max"));
    to.one("softshrink", "self lambd", Activations::softShrink);
    to.one("softmax", "self dim dtype", c -> Activations.softmax(c));
    to.one("log_softmax", "self dim dtype", c -> Activations.logSoftmax(c));
    to.one("_log_softmax", "self dim half_to_float", c -> Activations.logSoftmax(c));
    to.one("prelu", "self weight", Activations::prelu);
    to.one("glu", "self dim", Activations::glu);
    to.one("hardshrink", "self lambd", Activations::hardShrink);
    to.own("tanhshrink", "self", c -> Arithmetic.flow(Activations.tanhShrink(c)));
    to.one("threshold", "self threshold value", Activations::threshold);
    to.one("rrelu", "self lower upper training", Activations::rrelu);
    to.one("_softmax", "self dim half_to_float", c -> Activations.softmax(c));
    to.one("dropout", "input p train", Activations::dropout);
    to.one("feature_dropout", "input p train", Activations::dropout);
    to.one("alpha_dropout", "input p train", Activations::dropout);
    to.one("native_dropout", "input p train", Activations::dropout);
  }

  private static void shapes(Rows to) {
    to.item("view", "self size", c -> Shaping.view(c, "size"));
    to.item("_unsafe_view", "self size", c -> Shaping.view(c, "size"));
    to.item("reshape", "self shape", c -> Shaping.view(c, "shape"));
    to.item("view_as", "self other", Shaping::like);
    to.item("reshape_as", "self other", Shaping::like);
    to.item("flatten", "self start_dim end_dim", Shaping::flatten);
    to.item("unflatten", "self dim sizes", Shaping::unflatten);
    to.item("squeeze", "self dim", Shaping::squeeze);
    to.item("unsqueeze", "self dim", Shaping::unsqueeze);
    to.item("permute", "self dims", Shaping::permute);
    to.item("transpose", "self dim0 dim1", c -> Shaping.swapped(c, "dim0", "dim1"));
    to.item("t", "self", Shaping::t);
    to.item("mT", "self", c -> Shaping.matrix(c, false));
    to.item("numpy_T", "self", c -> Shaping.matrix(c, true));
    to.item("swapaxes", "self axis0 axis1", c -> Shaping.swapped(c, "axis0", "axis1"));
    to.item("swapdims", "self dim0 dim1", c -> Shaping.swapped(c, "dim0", "dim1"));
    to.item("as_strided", "self size stride storage_offset", Shaping::strided);
    to.item("movedim", "self source destination", Shaping::movedim);
    to.one("clone", "self", c -> c.tensor("self"));
    to.same("contiguous", "self");
    to.same("alias", "self");
    to.same("detach", "self");
    to.same("lift_fresh_copy", "self");
  }

  private static void parts(Rows to) {
    to.one("cat", "tensors dim", Cutting::cat);
    to.one("concat", "tensors dim", Cutting::cat);
    to.one("concatenate", "tensors dim", Cutting::cat);
    to.one("stack", "tensors dim", Cutting::stack);
    to.several("split", "self split_size dim", Cutting::split);
    to.several("split.default", "self split_sizes dim", Cutting::splitWithSizes);
    to.several("split_with_sizes", "self split_sizes dim", Cutting::splitWithSizes);
    to.several("unsafe_split", "self split_size dim", Cutting::split);
    to.several("unsafe_split_with_sizes", "self split_sizes dim", Cutting::splitWithSizes);
    to.several("unsafe_chunk", "self chunks dim", Cutting::chunk);
    to.one("slice_scatter", "self src dim start end step", Cutting::scatter);
    to.one("select_scatter", "self src dim index", Cutting::scatterOne);
    to.several("chunk", "self chunks dim", Cutting::chunk);
    to.several("unbind", "self dim", Cutting::unbind);
    to.one("select", "self dim index", Cutting::select);
    to.one("narrow", "self dim start length", Cutting::narrow);
    to.one("slice", "self dim start end step", Cutting::slice);
    to.one("flip", "self dims", Cutting::flip);
  }

  private static void arithmetic(Rows to) {
    to.item("add", PAIR, Arithmetic::add);
    to.item("sub", PAIR, Arithmetic::sub);
    to.item("rsub", PAIR, Arithmetic::rsub);
    to.item("mul", "self other", Arithmetic::mul);
    to.item("div", "self other rounding_mode", Arithmetic::div);
    to.item("divide", "self other rounding_mode", Arithmetic::div);
    to.item("true_divide", "self other", Arithmetic::div);
    to.item("floor_divide", "self other", Arithmetic::floorDivide);
    to.item("pow", "self exponent", Arithmetic::pow);
    to.one("fmod", "self other", c -> Arithmetic.remainder(c, true));
    to.item("remainder", "self other", Arithmetic::modulo);
    to.one("maximum", "self other", c -> Arithmetic.binary(c, new Max()));
    to.one("minimum", "self other", c -> Arithmetic.binary(c, new Min()));
    to.one("where", "condition self other", Choosing::where);
    to.one("masked_fill", "self mask value", Arithmetic::maskedFill);
    to.one("addcmul", "self tensor1 tensor2 value", Reductions::addcmul);
    to.one("scaled_dot_product_attention", ATTENTION, Attentions::scaledDotProduct);
    to.several("lstm", RECURRENT, Recurrences::lstm);
    to.several("lstm_cell", CELL, Recurrences::lstmCell);
    to.one("gru_cell", CELL, Recurrences::gruCell);
    to.item("_native_multi_head_attention", FAST_ATTENTION, FastPaths::attention);
    to.one("_transformer_encoder_layer_fwd", FAST_ENCODER, FastPaths::encoderLayer);
    to.several("gru", RECURRENT, Recurrences::gru);
    to.several("rnn_tanh", RECURRENT, c -> Recurrences.rnn(c, false));
    to.several("rnn_relu", RECURRENT, c -> Recurrences.rnn(c, true));
  }

  private static void functions(Rows to) {
    to.unary("neg", new Neg());
    to.real("exp", new Exp());
    to.real("expm1", new Expm1());
    to.real("log", new Log());
    to.real("log1p", new Log1p());
    to.one("log2", "self", c -> Arithmetic.log(c, 2));
    to.one("log10", "self", c -> Arithmetic.log(c, 10));
    to.real("sqrt", new Sqrt());
    to.one("rsqrt", "self", Arithmetic::rsqrt);
    to.unary("abs", new Abs());
    to.real("erf", new Erf());
    to.one("square", "self", Arithmetic::square);
    to.real("reciprocal", new Reciprocal());
    to.one("floor", "self", c -> Arithmetic.rounded(c, new Floor()));
    to.one("ceil", "self", c -> Arithmetic.rounded(c, new Ceil()));
    to.one("round", "self decimals", Arithmetic::round);
    to.one("trunc", "self", c -> Arithmetic.rounded(c, new Trunc()));
    to.unary("sign", new Sign());
    to.real("sin", new Sin());
    to.real("cos", new Cos());
    to.real("tan", new Tan());
    to.real("sinh", new Sinh());
    to.real("cosh", new Cosh());
    to.real("asin", new Asin());
    to.real("acos", new Acos());
    to.real("atan", new Atan());
    to.unary("isnan", new IsNan());
  }

  private static void reductions(Rows to) {
    to.one("mean.default", "self dtype", c -> Reductions.all(c, ReduceMean::new));
    to.one("mean.dim", "self dim keepdim dtype", c -> Reductions.over(c, ReduceMean::new));
    to.one("sum.default", "self dtype", c -> Reductions.all(c, ReduceSum::new));
    to.one("sum.dim_IntList", "self dim keepdim dtype", c -> Reductions.over(c, ReduceSum::new));
    to.one("prod.default", "self dtype", c -> Reductions.all(c, ReduceProd::new));
    to.one("prod.dim_int", "self dim keepdim dtype", c -> Reductions.over(c, ReduceProd::new));
    to.one("amax", "self dim keepdim", c -> Reductions.over(c, ReduceMax::new));
    to.one("amin", "self dim keepdim", c -> Reductions.over(c, ReduceMin::new));
    to.one("max.default", "self", c -> Reductions.all(c, ReduceMax::new));
    to.several("max.dim", "self dim keepdim", Reductions::max);
    to.one("max.other", "self other", c -> Arithmetic.binary(c, new Max()));
    to.one("min.default", "self", c -> Reductions.all(c, ReduceMin::new));
    to.several("min.dim", "self dim keepdim", Reductions::min);
    to.one("min.other", "self other", c -> Arithmetic.binary(c, new Min()));
    to.one("logsumexp", "self dim keepdim", c -> Reductions.over(c, ReduceLogSumExp::new));
    to.one("linalg_vector_norm", "self ord dim keepdim dtype", c -> Reductions.norm(c, "ord"));
    to.one("norm", "self p dim keepdim dtype", c -> Reductions.norm(c, "p"));
    to.one("var", "self dim unbiased correction keepdim", Reductions::variance);
    to.one("std", "self dim unbiased correction keepdim", Reductions::deviation);
    to.one("argmax", "self dim keepdim", c -> Reductions.position(c, ARG_MAX));
    to.one("argmin", "self dim keepdim", c -> Reductions.position(c, ARG_MIN));
    to.several("topk", "self k dim largest sorted", Reductions::topK);
    to.one("cumsum", "self dim dtype", Reductions::cumulative);
  }

  private static void choosing(Rows to) {
    to.one("eq", "self other", c -> Choosing.compare(c, Compare.Kind.EQUAL));
    to.one("ne", "self other", c -> Choosing.compare(c, Compare.Kind.UNEQUAL));
    to.one("lt", "self other", c -> Choosing.compare(c, Compare.Kind.LESS));
    to.one("le", "self other", c -> Choosing.compare(c, Compare.Kind.LESS_OR_EQUAL));
    to.one("gt", "self other", c -> Choosing.compare(c, Compare.Kind.GREATER));
    to.one("ge", "self other", c -> Choosing.compare(c, Compare.Kind.GREATER_OR_EQUAL));
    to.one("logical_not", "self", c -> Choosing.logic(c, Logic.Kind.NOT));
    to.one("logical_and", "self other", c -> Choosing.logic(c, Logic.Kind.AND));
    to.one("logical_or", "self other", c -> Choosing.logic(c, Logic.Kind.OR));
    to.one("logical_xor", "self other", c -> Choosing.logic(c, Logic.Kind.XOR));
    to.one("bitwise_and", "self other", c -> Choosing.bits(c, Bits.Kind.AND));
    to.one("bitwise_or", "self other", c -> Choosing.bits(c, Bits.Kind.OR));
    to.one("bitwise_xor", "self other", c -> Choosing.bits(c, Bits.Kind.XOR));
    to.one("__and__", "self other", c -> Choosing.bits(c, Bits.Kind.AND));
    to.one("__or__", "self other", c -> Choosing.bits(c, Bits.Kind.OR));
    to.one("__xor__", "self other", c -> Choosing.bits(c, Bits.Kind.XOR));
    to.one("bitwise_not", "self", c -> Choosing.bits(c, Bits.Kind.NOT));
    to.one("any", "self dim keepdim", Choosing::any);
    to.one("all", "self dim keepdim", Choosing::all);
    to.one(
        "embedding",
        "weight indices ~padding_idx ~scale_grad_by_freq ~sparse",
        Choosing::embedding);
    to.one("index_select", "self dim index", Choosing::indexSelect);
    to.one("index", "self indices", Indexing::read);
    to.one("index_put", "self indices values accumulate", Indexing::write);
    to.one("scatter.src", "self dim index src", c -> Choosing.scatter(c, "src"));
    to.one("scatter.reduce", "self dim index src reduce", c -> Choosing.scatter(c, "src"));
    to.one("scatter.value", "self dim index value", c -> Choosing.scatter(c, "value"));
    to.one(
        "scatter.value_reduce", "self dim index value reduce", c -> Choosing.scatter(c, "value"));
    to.one("scatter_add", "self dim index src", Choosing::scatterAdd);
    to.one("one_hot", "self num_classes", Choosing::oneHot);
    to.several("sort", "self dim descending", Ranking::sort);
    to.several("sort.stable", "self ~stable dim descending", Ranking::sort);
    to.several("median.dim", "self dim keepdim", Ranking::median);
    to.one("diagonal", "self offset dim1 dim2", Ranking::diagonal);
    to.one("repeat_interleave.self_int", "self repeats dim ~output_size", Ranking::repeated);
    to.one("im2col", "self kernel_size dilation padding stride", Ranking::columns);
    to.one("gather", "self dim index ~sparse_grad", Choosing::gather);
    to.one("to", "self dtype copy ~device", Choosing::to);
    to.one("to.other", "self other copy", Choosing::typeAs);
    to.one("_to_copy", "self dtype", Choosing::to);
    to.one("type_as", "self other", Choosing::typeAs);
    to.item("_assert_tensor_metadata", "a size stride dtype", Choosing::asserted);
    to.item("_assert_scalar", "~self ~assert_msg", c -> Item.NOTHING);
    to.item("_assert_async", "~self ~assert_msg", c -> Item.NOTHING);
    to.item("sym_constrain_range", "~size ~min ~max", c -> Item.NOTHING);
    to.item("sym_constrain_range_for_size", "~size ~min ~max", c -> Item.NOTHING);
  }

  private static void borders(Rows to) {
    to.one("pad", "self pad mode value", Borders::pad);
    to.one("constant_pad_nd", "self pad value", Borders::constant);
    for (int axes = 1; axes <= 3; axes++) {
      to.one(
          "reflection_pad" + axes + "d", "self padding", c -> Borders.by(c, "padding", "reflect"));
      to.one(
          "replication_pad" + axes + "d",
          "self padding",
          c -> Borders.by(c, "padding", "replicate"));
    }
    to.one("_pad_circular", "self pad", c -> Borders.by(c, "pad", "circular"));
  }

  private static void resizing(Rows to) {
    for (int n = 1; n <= 3; n++) {
      int axes = n;
      resizing(to, "upsample_nearest", axes, c -> Resizing.nearest(c, axes));
      resizing(to, "_upsample_nearest_exact", axes, c -> Resizing.nearestExact(c, axes));
    }
    resizing(to, "upsample_linear", 1, c -> Resizing.linear(c, 1));
    resizing(to, "upsample_bilinear", 2, c -> Resizing.linear(c, 2));
    resizing(to, "upsample_trilinear", 3, c -> Resizing.linear(c, 3));
    resizing(to, "upsample_bicubic", 2, Resizing::cubic);
    to.own(
        "interpolate",
        "input size scale_factor mode align_corners recompute_scale_factor",
        c -> Arithmetic.flow(Resizing.interpolate(c)));
    to.one("channel_shuffle", "self groups", Resizing::shuffledChannels);
    to.one("pixel_shuffle", "self upscale_factor", Resizing::shuffle);
    to.one("pixel_unshuffle", "self downscale_factor", Resizing::unshuffle);
  }

  /** Both forms: factors in one list, or one by one. */
  private static void resizing(Rows to, String mode, int axes, Rule.One rule) {
    String target = mode + axes + "d";
    String corners = mode.contains("nearest") ? "" : " align_corners";
    String scales = List.of(" scales", " scales_h scales_w", SCALES_3).get(axes - 1);
    to.one(target + ".vec", "input output_size scale_factors" + corners, rule);
    to.one(target, "self output_size" + corners + scales, rule);
  }

  private static void making(Rows to) {
    to.one("expand", "self size ~implicit", Making::expand);
    to.one("expand_as", "self other", Making::expandAs);
    to.one("broadcast_to", "self size", Making::expand);
    to.one("repeat", "self repeats", c -> Making.repeat(c, "repeats"));
    to.one("tile", "self dims", c -> Making.repeat(c, "dims"));
    to.one("full", "size fill_value dtype", Making::full);
    to.one("zeros", "size dtype", c -> Making.filled(c, 0));
    to.one("ones", "size dtype", c -> Making.filled(c, 1));
    to.one("empty", "size dtype", c -> Making.filled(c, 0));
    to.one("copy", "self src", Making::copy);
    to.one("fill", "self value", Making::fill);
    to.one("zero", "self", Making::zero);
    to.one("tensor", "t dtype", c -> Making.listed(c, "t"));
    to.one("tensor.default", "data dtype", c -> Making.listed(c, "data"));
    to.several("meshgrid", "tensors indexing", Making::meshgrid);
    to.several("broadcast_tensors", "tensors", Making::broadcast);
    to.one("linspace", "start end steps dtype", Making::linspace);
    to.one("nan_to_num", "self nan posinf neginf", Making::finite);
    to.one("full_like", "self fill_value dtype", c -> Making.like(c, c.number("fill_value")));
    to.one("zeros_like", "self dtype", c -> Making.like(c, 0));
    to.one("ones_like", "self dtype", c -> Making.like(c, 1));
    to.one("new_full", "self size fill_value dtype", c -> Making.sized(c, c.number("fill_value")));
    to.one("new_zeros", "self size dtype", c -> Making.sized(c, 0));
    to.one("new_ones", "self size dtype", c -> Making.sized(c, 1));
    to.one("arange", "start end step dtype", Making::arange);
    to.one("scalar_tensor", "s dtype", Making::scalar);
    to.one("tril", "self diagonal", c -> Making.triangle(c, false));
    to.one("triu", "self diagonal", c -> Making.triangle(c, true));
    to.one("roll", "self shifts dims", Making::roll);
  }

  private static void sizes(Rows to) {
    to.item("sym_size", "self dim", Whole::size);
    to.item("size", "self dim", Whole::size);
    to.item("sym_numel", "self", Whole::count);
    to.item("numel", "self", Whole::count);
    to.own("_operator.add", "a b", Whole::sum);
    to.own("_operator.sub", "a b", Whole::difference);
    to.own("_operator.mul", "a b", Whole::product);
    to.own("_operator.floordiv", "a b", Whole::quotient);
    to.own("_operator.getitem", "a b", Whole::element);
    to.own("_operator.mod", "a b", Whole::remainder);
    to.own("_operator.neg", "a", Whole::opposite);
    to.own("_operator.eq", "a b", c -> Whole.compare(c, (a, b) -> a == b));
    to.own("_operator.ne", "a b", c -> Whole.compare(c, (a, b) -> a != b));
    to.own("_operator.ge", "a b", c -> Whole.compare(c, (a, b) -> a >= b));
    to.own("_operator.gt", "a b", c -> Whole.compare(c, (a, b) -> a > b));
    to.own("_operator.le", "a b", c -> Whole.compare(c, (a, b) -> a <= b));
    to.own("_operator.lt", "a b", c -> Whole.compare(c, (a, b) -> a < b));
    to.item("add.int", "a b", Whole::sum);
    to.item("sub.int", "a b", Whole::difference);
    to.item("mul.int", "a b", Whole::product);
    to.item("floordiv.int", "a b", Whole::quotient);
    to.item("remainder.int", "a b", Whole::remainder);
    to.item("neg.int", "a", Whole::opposite);
  }

  /** The row and the overload of a call. */
  static Optional<Rows.Match> find(Step step, UnaryOperator<Item> resolved) {
    return ROWS.find(step, resolved);
  }

  static boolean knows(Target target) {
    return ROWS.knows(target);
  }

  /** All rows by their keys. */
  static Rows table() {
    return ROWS;
  }
}
