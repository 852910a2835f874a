package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.op.Abs;
import dev.axiomml.core.op.Clip;
import dev.axiomml.core.op.Erf;
import dev.axiomml.core.op.Exp;
import dev.axiomml.core.op.HardSigmoid;
import dev.axiomml.core.op.HardSwish;
import dev.axiomml.core.op.Log;
import dev.axiomml.core.op.LogSigmoid;
import dev.axiomml.core.op.Mish;
import dev.axiomml.core.op.Neg;
import dev.axiomml.core.op.Reciprocal;
import dev.axiomml.core.op.Relu;
import dev.axiomml.core.op.Selu;
import dev.axiomml.core.op.Sigmoid;
import dev.axiomml.core.op.Silu;
import dev.axiomml.core.op.Softsign;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Square;
import dev.axiomml.core.op.Tanh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
  private static final String BATCH_NORM_LEGIT =
      "input weight bias running_mean running_var momentum eps";
  private static final String MAX_POOL =
      "self kernel_size stride=[] padding=0 dilation=1 ceil_mode=false";
  private static final String AVG_POOL =
      "self kernel_size stride=[] padding=0 ceil_mode=false count_include_pad=true"
          + " divisor_override";
  private static final String PAIR = "self other alpha=1";

  private static final Rows ROWS = rows();

  private Aten() {}

  private static Rows rows() {
    Rows rows = new Rows();
    products(rows);
    windows(rows);
    activations(rows);
    shapes(rows);
    arithmetic(rows);
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
    to.one("conv_transpose1d", CONV_BACK, Convolutions::transposed);
    to.one("conv_transpose2d", CONV_BACK, Convolutions::transposed);
    to.one("conv_transpose3d", CONV_BACK, Convolutions::transposed);
    to.one("batch_norm", BATCH_NORM, Norms::batch);
    to.item("_native_batch_norm_legit_no_training", BATCH_NORM_LEGIT, Norms::batchLegit);
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
    to.item("transpose", "self dim0 dim1", Shaping::transpose);
    to.item("t", "self", Shaping::t);
    to.item("movedim", "self source destination", Shaping::movedim);
    to.same("clone", "self memory_format");
    to.same("contiguous", "self memory_format");
    to.same("alias", "self");
    to.same("detach", "self");
    to.same("lift_fresh_copy", "self");
    to.one("cat", "tensors dim=0", Cutting::cat);
    to.one("concat", "tensors dim=0", Cutting::cat);
    to.one("stack", "tensors dim=0", Cutting::stack);
    to.several("split", "self split_size dim=0", Cutting::split);
    to.several("split_with_sizes", "self split_sizes dim=0", Cutting::splitWithSizes);
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
    to.unary("neg", "self", new Neg());
    to.unary("exp", "self", new Exp());
    to.unary("log", "self", new Log());
    to.unary("sqrt", "self", new Sqrt());
    to.unary("abs", "self", new Abs());
    to.unary("erf", "self", new Erf());
    to.unary("square", "self", new Square());
    to.unary("reciprocal", "self", new Reciprocal());
  }

  static Rule rule(Target target) {
    return ROWS.find(target).orElseThrow().rule();
  }

  static Schema schema(Target target) {
    return ROWS.find(target).orElseThrow().schema();
  }

  /** Refuses a program with calls that have no row, naming them all. */
  static void requireAll(Program program) {
    Map<String, List<String>> missing = new TreeMap<>();
    for (Step step : program.steps()) {
      Optional<Rows.Row> row = ROWS.find(step.target());
      if (row.isEmpty()) {
        missing.computeIfAbsent(step.target().text(), t -> new ArrayList<>()).add(step.path());
      }
    }
    if (!missing.isEmpty()) {
      List<String> lines = new ArrayList<>();
      missing.forEach((target, nodes) -> lines.add(target + " (" + String.join(", ", nodes) + ")"));
      throw new ModelImportException(
          new Diagnosis(
              missing.size() + " operators have no rule: " + String.join("; ", lines),
              "",
              "every call of the file's graph must be known before anything runs",
              "replace those layers, or export with torch.export(...).run_decompositions()"));
    }
  }
}
