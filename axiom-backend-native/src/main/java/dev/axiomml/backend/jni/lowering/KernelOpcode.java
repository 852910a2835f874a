package dev.axiomml.backend.jni.lowering;

/**
 * The kernels, one a line, as {@code native-kernels/kernels.def} numbers them (a test compares).
 */
public enum KernelOpcode {
  DENSE(1),
  MATMUL(2),
  CONV(3),
  DEPTHWISE(4),
  MAX_POOL(5),
  AVERAGE_POOL(6),
  NESTS(7),
  WINDOW_MAX(8),
  WINNERS(9),
  WINOGRAD(10),
  RELU(16),
  LEAKY_RELU(17),
  ELU(18),
  SELU(19),
  GELU(20),
  GELU_TANH(21),
  SILU(22),
  MISH(23),
  HARD_SWISH(24),
  HARD_SIGMOID(25),
  SOFTPLUS(26),
  SIGMOID(27),
  TANH(28),
  EXP(29),
  LOG(30),
  SQRT(31),
  ABS(32),
  NEG(33),
  CLIP(34),
  SQUARE(35),
  RECIPROCAL(36),
  ERF(37),
  FLOOR(38),
  CEIL(39),
  SIGN(40),
  CELU(41),
  EXPM1(42),
  LOG1P(43),
  LOG_SIGMOID(44),
  SOFTSIGN(45),
  SOFT_SHRINK(46),
  POW(47),
  ASIN(48),
  ACOS(49),
  ATAN(50),
  SINH(51),
  COSH(52),
  ASINH(53),
  ACOSH(54),
  ATANH(55),
  ROUND(56),
  TRUNC(57),
  SIN(58),
  COS(59),
  TAN(60),
  THRESHOLDED_RELU(61),
  SLOPE(62),
  ADD(64),
  SUB(65),
  MUL(66),
  DIV(67),
  MIN(68),
  MAX(69),
  PRELU(70),
  SCALE_SHIFT(71),
  SOFTMAX(80),
  LOG_SOFTMAX(81),
  LAYER_NORM(82),
  RMS_NORM(83),
  GROUP_NORM(84),
  COPY(96),
  FILL(97),
  REDUCE_SUM(112),
  REDUCE_MEAN(113),
  REDUCE_MAX(114),
  REDUCE_MIN(115);

  /** Version of the border that this jar speaks. */
  public static final long ABI = 4;

  private final int number;

  KernelOpcode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** Whether it is a function of one number, and so can end a fused instruction. */
  public boolean isFunction() {
    return number >= RELU.number && number < SLOPE.number;
  }
}
