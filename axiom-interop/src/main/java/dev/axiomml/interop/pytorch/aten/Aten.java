package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.op.Abs;
import dev.axiomml.core.op.Acos;
import dev.axiomml.core.op.ArgMax;
import dev.axiomml.core.op.ArgMin;
import dev.axiomml.core.op.Asin;
import dev.axiomml.core.op.Atan;
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
import dev.axiomml.core.op.Merging;
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
import dev.axiomml.core.op.Relu;
import dev.axiomml.core.op.Round;
import dev.axiomml.core.op.Selu;
import dev.axiomml.core.op.Sigmoid;
import dev.axiomml.core.op.Sign;
import dev.axiomml.core.op.Silu;
import dev.axiomml.core.op.Sin;
import dev.axiomml.core.op.Sinh;
import dev.axiomml.core.op.Softsign;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Square;
import dev.axiomml.core.op.Tan;
import dev.axiomml.core.op.Tanh;
import dev.axiomml.core.op.Trunc;
import java.util.List;

/**
 * The one table of PyTorch's operators: a row a target, with its parameters as the file names or
 * orders them, and what it becomes.
 *
 * <p>A row is found by name and overload, else by name; the in-place form of an operator is the
 * operator itself.
 */
public final class Aten {
  private static final String CONV = "input weight bias stride=1 padding=0 dilation=1 groups=1";
  private static final String CONV_BACK =
      "input weight bias stride=1 padding=0 output_padding=0 groups=1 dilation=1";
  private static final String CONV_ANY =
      "input weight bias stride padding dilation transposed output_padding groups";
  private static final String BATCH_NORM =
      "input weight bias running_mean running_var training momentum eps cudnn_enabled";
  private static final String INSTANCE_NORM =
      "input weight bias running_mean running_var use_input_stats momentum eps cudnn_enabled";
  private static final String BATCH_NORM_LEGIT =
      "input weight bias running_mean running_var momentum eps";
  private static final String MAX_POOL =
      "self kernel_size stride=[] padding=0 dilation=1 ceil_mode=false";
  private static final String AVG_POOL =
      "self kernel_size stride=[] padding=0 ceil_mode=false count_include_pad=true"
          + " divisor_override";
  private static final String PAIR = "self other alpha=1";

  private static final String ATTENTION =
      "query key value attn_mask dropout_p is_causal=false scale enable_gqa=false";
  private static final String RECURRENT =
      "input hx params has_biases num_layers dropout train bidirectional batch_first";
  private static final String BATCH_NORM_ALONE = "input weight bias training momentum eps";
  private static final String CELL = "input hx w_ih w_hh b_ih b_hh";
  private static final String FAST_ATTENTION =
      "query key value embed_dim num_head qkv_weight qkv_bias proj_weight proj_bias mask"
          + " need_weights=true average_attn_weights=true mask_type";
  private static final String FAST_ENCODER =
      "src embed_dim num_heads qkv_weight qkv_bias proj_weight proj_bias use_gelu norm_first eps"
          + " norm_weight_1 norm_bias_1 norm_weight_2 norm_bias_2 ffn_weight_1 ffn_bias_1"
          + " ffn_weight_2 ffn_bias_2 mask mask_type";
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
    to.one("addmm", "self mat1 mat2 beta=1 alpha=1", Products::addmm);
    to.one("baddbmm", "self batch1 batch2 beta=1 alpha=1", Products::baddbmm);
    to.one("mm", "self mat2", c -> Products.matmul(c, "self", "mat2"));
    to.one("bmm", "self mat2", c -> Products.matmul(c, "self", "mat2"));
    to.one("matmul", "self other", c -> Products.matmul(c, "self", "other"));
    to.one("conv1d", CONV, Convolutions::conv);
    to.one("conv2d", CONV, Convolutions::conv);
    to.one("conv3d", CONV, Convolutions::conv);
    to.one("convolution", CONV_ANY, Convolutions::any);
    to.one("_convolution", CONV_ANY, Convolutions::any);
    to.one("_convolution_mode", CONV, Convolutions::conv);
    to.one("mv", "self vec", Vectors::matrix);
    to.one("dot", "self tensor", c -> Vectors.dot(c, "tensor"));
    to.one("vdot", "self other", c -> Vectors.dot(c, "other"));
    to.one("outer", "self vec2", Vectors::outer);
    to.one("cosine_similarity", "x1 x2 dim=1 eps=1e-8", Vectors::cosine);
    to.one("pairwise_distance", "x1 x2 p=2 eps=1e-6 keepdim=false", Vectors::distance);
    to.one("cdist", "x1 x2 p=2 compute_mode", Vectors::distances);
    to.one("_cdist_forward", "x1 x2 p=2 compute_mode", Vectors::distances);
    to.one("lerp", "self end weight", Vectors::between);
    to.one("diff", "self n=1 dim=-1 prepend append", Vectors::differences);
    to.one("einsum", "equation tensors path", Products::einsum);
    to.one("conv_transpose1d", CONV_BACK, Convolutions::transposed);
    to.one("conv_transpose2d", CONV_BACK, Convolutions::transposed);
    to.one("conv_transpose3d", CONV_BACK, Convolutions::transposed);
  }

  private static void norms(Rows to) {
    to.one("batch_norm", BATCH_NORM, Norms::batch);
    to.item("_native_batch_norm_legit_no_training", BATCH_NORM_LEGIT, Norms::batchLegit);
    to.one("layer_norm", "input normalized_shape weight bias eps=1e-5 cudnn_enable", Norms::layer);
    to.item("native_layer_norm", "input normalized_shape weight bias eps", Norms::nativeLayer);
    to.one("rms_norm", "input normalized_shape weight eps", Norms::rms);
    to.one("group_norm", "input num_groups weight bias eps=1e-5 cudnn_enabled", Norms::group);
    to.item("native_group_norm", "input weight bias N C HxW group eps", Norms::nativeGroup);
    to.item("_native_batch_norm_legit.no_stats", BATCH_NORM_ALONE, Norms::alone);
    to.one("_weight_norm", "v g dim=0", Norms::weightNorm);
    to.one("instance_norm", INSTANCE_NORM, Norms::instance);
  }

  private static void windows(Rows to) {
    to.one("max_pool1d", MAX_POOL, c -> Pools.max(c, 1));
    to.one("max_pool2d", MAX_POOL, c -> Pools.max(c, 2));
    to.one("max_pool3d", MAX_POOL, c -> Pools.max(c, 3));
    to.item("max_pool1d_with_indices", MAX_POOL, c -> Pools.maxWithIndices(c, 1));
    to.item("max_pool2d_with_indices", MAX_POOL, c -> Pools.maxWithIndices(c, 2));
    to.item("max_pool3d_with_indices", MAX_POOL, c -> Pools.maxWithIndices(c, 3));
    to.one("avg_pool1d", AVG_POOL, c -> Pools.average(c, 1));
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
    to.unary("relu", "self", new Relu());
    to.unary("relu6", "self", new Clip(0, 6));
    to.unary("sigmoid", "self", new Sigmoid());
    to.unary("tanh", "self", new Tanh());
    to.unary("silu", "self", new Silu());
    to.unary("mish", "self", new Mish());
    to.unary("selu", "self", new Selu());
    to.unary("hardswish", "self", new HardSwish());
    to.unary("hardsigmoid", "self", new HardSigmoid(1.0 / 6, 0.5));
    to.unary("log_sigmoid", "self", new LogSigmoid());
    to.unary("softsign", "self", new Softsign());
    to.one("gelu", "self approximate=none", Activations::gelu);
    to.one("leaky_relu", "self negative_slope=0.01", Activations::leakyRelu);
    to.one("elu", "self alpha=1 scale=1 input_scale=1", Activations::elu);
    to.one("celu", "self alpha=1.0", Activations::celu);
    to.one("softplus", "self beta=1 threshold=20", Activations::softplus);
    to.one("hardtanh", "self min_val=-1 max_val=1", c -> Activations.clip(c, "min_val", "max_val"));
    to.one("clamp", "self min max", c -> Activations.clip(c, "min", "max"));
    to.one("clamp_min", "self min", c -> Activations.clip(c, "min", ""));
    to.one("clamp_max", "self max", c -> Activations.clip(c, "", "max"));
    to.one("softshrink", "self lambd=0.5", Activations::softShrink);
    to.one("softmax", "self dim dtype", c -> Activations.softmax(c));
    to.one("log_softmax", "self dim dtype", c -> Activations.logSoftmax(c));
    to.one("_log_softmax", "self dim half_to_float", c -> Activations.logSoftmax(c));
    to.one("prelu", "self weight", Activations::prelu);
    to.one("glu", "self dim=-1", Activations::glu);
    to.one("hardshrink", "self lambd=0.5", Activations::hardShrink);
    to.one("tanhshrink", "self", Activations::tanhShrink);
    to.one("threshold", "self threshold value", Activations::threshold);
    to.one("rrelu", "self lower=0.125 upper=0.3333333333333333", Activations::rrelu);
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
    to.item("flatten", "self start_dim=0 end_dim=-1", Shaping::flatten);
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
    to.one("clone", "self memory_format", c -> c.tensor("self"));
    to.same("contiguous", "self memory_format");
    to.same("alias", "self");
    to.same("detach", "self");
    to.same("lift_fresh_copy", "self");
  }

  private static void parts(Rows to) {
    to.one("cat", "tensors dim=0", Cutting::cat);
    to.one("concat", "tensors dim=0", Cutting::cat);
    to.one("stack", "tensors dim=0", Cutting::stack);
    to.several("split", "self split_size dim=0", Cutting::split);
    to.several("split_with_sizes", "self split_sizes dim=0", Cutting::splitWithSizes);
    to.several("unsafe_split", "self split_size dim=0", Cutting::split);
    to.several("unsafe_split_with_sizes", "self split_sizes dim=0", Cutting::splitWithSizes);
    to.several("unsafe_chunk", "self chunks dim=0", Cutting::chunk);
    to.one("slice_scatter", "self src dim=0 start end step=1", Cutting::scatter);
    to.one("select_scatter", "self src dim index", Cutting::scatterOne);
    to.several("chunk", "self chunks dim=0", Cutting::chunk);
    to.several("unbind", "self dim=0", Cutting::unbind);
    to.one("select", "self dim index", Cutting::select);
    to.one("narrow", "self dim start length", Cutting::narrow);
    to.one("slice", "self dim=0 start end step=1", Cutting::slice);
    to.one("flip", "self dims", Cutting::flip);
  }

  private static void arithmetic(Rows to) {
    to.item("add", PAIR, Arithmetic::add);
    to.item("sub", PAIR, Arithmetic::sub);
    to.item("rsub", PAIR, Arithmetic::rsub);
    to.item("mul", "self other", Arithmetic::mul);
    to.item("div", "self other rounding_mode", Arithmetic::div);
    to.item("true_divide", "self other rounding_mode", Arithmetic::div);
    to.item("floor_divide", "self other", Arithmetic::floorDivide);
    to.item("pow", "self exponent", Arithmetic::pow);
    to.one("fmod", "self other", c -> Arithmetic.remainder(c, true));
    to.item("remainder", "self other", Arithmetic::modulo);
    to.one("maximum", "self other", c -> Arithmetic.binary(c, new Max()));
    to.one("minimum", "self other", c -> Arithmetic.binary(c, new Min()));
    to.one("where", "condition self other", Choosing::where);
    to.one("masked_fill", "self mask value", Arithmetic::maskedFill);
    to.one("addcmul", "self tensor1 tensor2 value=1", Reductions::addcmul);
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
    to.unary("neg", "self", new Neg());
    to.unary("exp", "self", new Exp());
    to.unary("expm1", "self", new Expm1());
    to.unary("log", "self", new Log());
    to.unary("log1p", "self", new Log1p());
    to.one("log2", "self", c -> Arithmetic.log(c, 2));
    to.one("log10", "self", c -> Arithmetic.log(c, 10));
    to.unary("sqrt", "self", new Sqrt());
    to.one("rsqrt", "self", Arithmetic::rsqrt);
    to.unary("abs", "self", new Abs());
    to.unary("erf", "self", new Erf());
    to.unary("square", "self", new Square());
    to.unary("reciprocal", "self", new Reciprocal());
    to.unary("floor", "self", new Floor());
    to.unary("ceil", "self", new Ceil());
    to.unary("round", "self", new Round());
    to.unary("trunc", "self", new Trunc());
    to.unary("sign", "self", new Sign());
    to.unary("sin", "self", new Sin());
    to.unary("cos", "self", new Cos());
    to.unary("tan", "self", new Tan());
    to.unary("sinh", "self", new Sinh());
    to.unary("cosh", "self", new Cosh());
    to.unary("asin", "self", new Asin());
    to.unary("acos", "self", new Acos());
    to.unary("atan", "self", new Atan());
    to.unary("isnan", "self", new IsNan());
  }

  private static void reductions(Rows to) {
    to.one("mean.default", "self dtype", c -> Reductions.all(c, ReduceMean::new));
    to.one("mean", "self dim keepdim=false dtype", c -> Reductions.over(c, ReduceMean::new));
    to.one("sum.default", "self dtype", c -> Reductions.all(c, ReduceSum::new));
    to.one("sum", "self dim keepdim=false dtype", Reductions::sum);
    to.one("prod.default", "self dtype", c -> Reductions.all(c, ReduceProd::new));
    to.one("prod", "self dim keepdim=false dtype", c -> Reductions.over(c, ReduceProd::new));
    to.one("amax", "self dim keepdim=false", c -> Reductions.over(c, ReduceMax::new));
    to.one("amin", "self dim keepdim=false", c -> Reductions.over(c, ReduceMin::new));
    to.item("max", "self dim keepdim=false", Reductions::max);
    to.item("max.other", "self dim", Reductions::max);
    to.item("min", "self dim keepdim=false", Reductions::min);
    to.item("min.other", "self dim", Reductions::min);
    to.one("logsumexp", "self dim keepdim=false", c -> Reductions.over(c, ReduceLogSumExp::new));
    to.one("linalg_vector_norm", "self ord=2 dim keepdim=false dtype", Reductions::norm);
    to.one("norm", "self ord=2 dim keepdim=false dtype", Reductions::norm);
    to.one("var", "self dim correction keepdim=false unbiased", Reductions::variance);
    to.one("std", "self dim correction keepdim=false unbiased", Reductions::deviation);
    to.one("argmax", "self dim keepdim=false", c -> Reductions.position(c, ARG_MAX));
    to.one("argmin", "self dim keepdim=false", c -> Reductions.position(c, ARG_MIN));
    to.several("topk", "self k dim=-1 largest=true sorted=true", Reductions::topK);
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
    to.one("bitwise_not", "self", c -> Choosing.logic(c, Logic.Kind.NOT));
    to.one("bitwise_and", "self other", c -> Choosing.logic(c, Logic.Kind.AND));
    to.one("bitwise_or", "self other", c -> Choosing.logic(c, Logic.Kind.OR));
    to.one("any", "self dim keepdim=false", Choosing::any);
    to.one("all", "self dim keepdim=false", Choosing::all);
    to.one("embedding", "weight indices padding_idx", Choosing::embedding);
    to.one("index_select", "self dim index", Choosing::indexSelect);
    to.one("index", "self indices", Indexing::read);
    to.one("index_put", "self indices values accumulate=false", Indexing::write);
    to.one("scatter", "self dim index src", c -> Choosing.scatter(c, Merging.REPLACE));
    to.one("scatter.value", "self dim index src", c -> Choosing.scatter(c, Merging.REPLACE));
    to.one("scatter_add", "self dim index src", c -> Choosing.scatter(c, Merging.ADD));
    to.one("one_hot", "self num_classes=-1", Choosing::oneHot);
    to.one("__and__", "self other", c -> Choosing.logic(c, Logic.Kind.AND));
    to.one("__or__", "self other", c -> Choosing.logic(c, Logic.Kind.OR));
    to.several("sort", "self dim=-1 descending=false", Ranking::sort);
    to.several("sort.stable", "self stable dim=-1 descending=false", Ranking::sort);
    to.several("median", "self dim keepdim=false", Ranking::median);
    to.one("diagonal", "self offset=0 dim1=0 dim2=1", Ranking::diagonal);
    to.one("repeat_interleave", "self repeats dim output_size", Ranking::repeated);
    to.one("im2col", "self kernel_size dilation padding stride", Ranking::columns);
    to.one("gather", "self dim index", Choosing::gather);
    to.one("to", "self dtype non_blocking copy memory_format", Choosing::to);
    to.one("to.device", "self device dtype", Choosing::to);
    to.one("_to_copy", "self dtype", Choosing::to);
    to.one("type_as", "self other", Choosing::typeAs);
    to.same("_assert_tensor_metadata", "self");
    to.item("_assert_scalar", "self assert_msg", c -> Item.NOTHING);
    to.item("_assert_async", "self assert_msg", c -> Item.NOTHING);
    to.item("sym_constrain_range", "size min max", c -> Item.NOTHING);
    to.item("sym_constrain_range_for_size", "size min max", c -> Item.NOTHING);
  }

  private static void borders(Rows to) {
    to.one("pad", "self pad mode=constant value", Borders::pad);
    to.one("constant_pad_nd", "self pad value=0", Borders::constant);
    for (int axes = 1; axes <= 3; axes++) {
      to.one("reflection_pad" + axes + "d", "self pad", c -> Borders.by(c, "reflect"));
      to.one("replication_pad" + axes + "d", "self pad", c -> Borders.by(c, "replicate"));
    }
    to.one("_pad_circular", "self pad", c -> Borders.by(c, "circular"));
  }

  private static void resizing(Rows to) {
    resizing(to, "upsample_nearest1d", "", c -> Resizing.nearest(c, 1));
    resizing(to, "upsample_nearest2d", "", c -> Resizing.nearest(c, 2));
    resizing(to, "upsample_nearest3d", "", c -> Resizing.nearest(c, 3));
    resizing(to, "_upsample_nearest_exact1d", "", c -> Resizing.nearestExact(c, 1));
    resizing(to, "_upsample_nearest_exact2d", "", c -> Resizing.nearestExact(c, 2));
    resizing(to, "_upsample_nearest_exact3d", "", c -> Resizing.nearestExact(c, 3));
    resizing(to, "upsample_linear1d", " align_corners", c -> Resizing.linear(c, 1));
    resizing(to, "upsample_bilinear2d", " align_corners", c -> Resizing.linear(c, 2));
    resizing(to, "upsample_trilinear3d", " align_corners", c -> Resizing.linear(c, 3));
    resizing(to, "upsample_bicubic2d", " align_corners", Resizing::cubic);
    to.one("interpolate", "input size scale_factor mode align_corners", Resizing::interpolate);
    to.one("channel_shuffle", "self groups", Resizing::shuffledChannels);
    to.one("pixel_shuffle", "self upscale_factor", Resizing::shuffle);
    to.one("pixel_unshuffle", "self downscale_factor", Resizing::unshuffle);
  }

  /** Both forms: factors in one list, or one by one. */
  private static void resizing(Rows to, String target, String corners, Rule.One rule) {
    to.one(target + ".vec", "input output_size" + corners + " scale_factors", rule);
    int axes = target.charAt(target.length() - 2) - '0';
    String scales = List.of(" scales_w", " scales_h scales_w", SCALES_3).get(axes - 1);
    to.one(target, "input output_size" + corners + scales, rule);
  }

  private static void making(Rows to) {
    to.one("expand", "self size implicit", Making::expand);
    to.one("expand_as", "self other", Making::expandAs);
    to.one("broadcast_to", "self size", Making::expand);
    to.one("repeat", "self repeats", c -> Making.repeat(c, "repeats"));
    to.one("tile", "self dims", c -> Making.repeat(c, "dims"));
    to.one("full", "size fill_value dtype layout device pin_memory", Making::full);
    to.one("zeros", "size dtype layout device pin_memory", c -> Making.filled(c, 0));
    to.one("ones", "size dtype layout device pin_memory", c -> Making.filled(c, 1));
    to.one("empty", "size dtype layout device pin_memory", c -> Making.filled(c, 0));
    to.one("copy", "self src non_blocking", Making::copy);
    to.one("fill", "self value", Making::fill);
    to.one("zero", "self", Making::zero);
    to.one("tensor", "s dtype device requires_grad", Making::listed);
    to.several("meshgrid", "tensors indexing=ij", Making::meshgrid);
    to.several("broadcast_tensors", "tensors", Making::broadcast);
    to.one("linspace", "start end steps dtype layout device pin_memory", Making::linspace);
    to.one("nan_to_num", "self nan posinf neginf", Making::finite);
    to.one("full_like", "self fill_value dtype", c -> Making.like(c, c.number("fill_value")));
    to.one("zeros_like", "self dtype", c -> Making.like(c, 0));
    to.one("ones_like", "self dtype", c -> Making.like(c, 1));
    to.one("new_full", "self size fill_value dtype", c -> Making.sized(c, c.number("fill_value")));
    to.one("new_zeros", "self size dtype", c -> Making.sized(c, 0));
    to.one("new_ones", "self size dtype", c -> Making.sized(c, 1));
    to.one("arange", "end dtype layout device pin_memory start=0 step=1", Making::arange);
    to.one("arange/2", "start end dtype layout device pin_memory step=1", Making::arange);
    to.one("arange/3", "start end step dtype layout device pin_memory", Making::arange);
    to.one("arange/6", "start end dtype layout device pin_memory step=1", Making::arange);
    to.one("arange/7", "start end step dtype layout device pin_memory", Making::arange);
    to.one("arange.start", "start end dtype layout device pin_memory step=1", Making::arange);
    to.one("arange.start_step", "start end step=1 dtype", Making::arange);
    to.one("scalar_tensor", "s dtype", Making::scalar);
    to.one("tril", "self diagonal=0", c -> Making.triangle(c, false));
    to.one("triu", "self diagonal=0", c -> Making.triangle(c, true));
    to.one("roll", "self shifts dims", Making::roll);
  }

  private static void sizes(Rows to) {
    to.item("sym_size", "self dim", Whole::size);
    to.item("size", "self dim", Whole::size);
    to.item("sym_numel", "self", Whole::count);
    to.item("numel", "self", Whole::count);
    to.item("_operator.add", "a b", Whole::sum);
    to.item("_operator.sub", "a b", Whole::difference);
    to.item("_operator.mul", "a b", Whole::product);
    to.item("_operator.floordiv", "a b", Whole::quotient);
    to.item("_operator.getitem", "a b", Whole::element);
    to.item("_operator.mod", "a b", Whole::remainder);
    to.item("_operator.neg", "a", Whole::opposite);
    to.item("_operator.eq", "a b", c -> Whole.compare(c, (a, b) -> a == b));
    to.item("_operator.ne", "a b", c -> Whole.compare(c, (a, b) -> a != b));
    to.item("_operator.ge", "a b", c -> Whole.compare(c, (a, b) -> a >= b));
    to.item("_operator.gt", "a b", c -> Whole.compare(c, (a, b) -> a > b));
    to.item("_operator.le", "a b", c -> Whole.compare(c, (a, b) -> a <= b));
    to.item("_operator.lt", "a b", c -> Whole.compare(c, (a, b) -> a < b));
  }

  static Rule rule(Step step) {
    return ROWS.find(step).orElseThrow().rule();
  }

  static boolean knows(Target target) {
    return knows(new Step("", target, List.of(), List.of(), false));
  }

  static boolean knows(Step step) {
    return ROWS.find(step).isPresent();
  }

  static Schema schema(Step step) {
    return ROWS.find(step).orElseThrow().schema();
  }
}
