package dev.axiomml.core.linear;

/** Lanes in single precision. */
final class FloatLanes implements LaneLoops {
  private static final float[] ONE = {1};

  private final float[] out;
  private final float[] first;
  private final float[] second;
  private float[][] rows = {};
  private float[] packed = {};
  private float[] numbers = {};
  private float[] sums = {};
  private int[] rowAt = {};
  private int[] numberAt = {};
  private int width;
  private int outStep;
  private int packedStep;

  FloatLanes(float[] out, float[] first, float[] second) {
    this.out = out;
    this.first = first;
    this.second = second;
  }

  @Override
  public void begin(PackedRun run, int count, int lanes) {
    rows = new float[count][];
    packed = run.packs(LoopNest.FIRST) ? first : second;
    numbers = run.isPlain() ? ONE : run.packs(LoopNest.FIRST) ? second : first;
    rowAt = run.rowAt();
    numberAt = run.numberAt();
    width = lanes;
    outStep = run.lane().step(LoopNest.OUT);
    packedStep = run.packedStep();
    sums = new float[lanes];
  }

  @Override
  public void pack(int row, int from) {
    if (rows[row] == null) {
      float[] filled = new float[width];
      for (int k = 0; k < width; k++) {
        filled[k] = packed[from + k * packedStep];
      }
      rows[row] = filled;
    }
  }

  @Override
  public void accumulate(int at, int row, int number, int from, int to) {
    float[] t = sums;
    for (int k = 0; k < t.length; k++) {
      t[k] = out[at + k * outStep];
    }
    LinearKernels.rows(t, width, rows, row, rowAt, numbers, number, numberAt, from, to);
    for (int k = 0; k < t.length; k++) {
      out[at + k * outStep] = t[k];
    }
  }

  @Override
  public int cached() {
    return 96;
  }

  @Override
  public void block(LineBlock block, int at, int i, int j) {
    float[] b = j < 0 ? ONE : second;
    int from = Math.max(j, 0);
    int[] repeat = block.repeatStep();
    for (int r = many(block, at, i, b, from); r < block.repeat().size(); r++) {
      line(
          block.lineStep(),
          at + r * repeat[0],
          i + r * repeat[1],
          b,
          from + r * repeat[2],
          block.line().size());
    }
  }

  /** Runs as many repeats as a kernel of several lines takes. */
  private int many(LineBlock block, int at, int i, float[] b, int j) {
    int[] line = block.lineStep();
    int[] repeat = block.repeatStep();
    int n = block.line().size();
    int m = block.repeat().size();
    boolean still = repeat[0] == 0 && line[0] == 1;
    if (still && line[1] == 1 && line[2] == 0) {
      return LinearKernels.fours(out, at, first, i, repeat[1], b, j, repeat[2], n, m);
    }
    if (still && line[2] == 1 && line[1] == 0) {
      return LinearKernels.fours(out, at, b, j, repeat[2], first, i, repeat[1], n, m);
    }
    boolean sums = line[0] == 0 && repeat[0] != 0;
    return sums
        ? LinearKernels.eights(
            out, at, repeat[0], first, i, line[1], repeat[1], b, j, line[2], repeat[2], n, m)
        : 0;
  }

  private void line(int[] step, int at, int i, float[] b, int j, int n) {
    if (step[0] == 0) {
      out[at] = LinearKernels.dot(out[at], first, i, step[1], b, j, step[2], n);
    } else if (step[0] == 1 && step[1] == 1 && step[2] == 0) {
      LinearKernels.scaled(out, at, first, i, b[j], n);
    } else if (step[0] == 1 && step[1] == 0 && step[2] == 1) {
      LinearKernels.scaled(out, at, b, j, first[i], n);
    } else if (step[0] == 1 && step[1] == 1 && step[2] == 1) {
      LinearKernels.products(out, at, first, i, b, j, n);
    } else {
      LinearKernels.strided(out, at, step[0], first, i, step[1], b, j, step[2], n);
    }
  }
}
