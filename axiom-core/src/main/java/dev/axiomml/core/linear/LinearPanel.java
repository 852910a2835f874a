package dev.axiomml.core.linear;

import java.util.Optional;

/**
 * Columns of numbers for every element of a value: a row of {@link #width} numbers for each
 * element, or none where no column reaches it. Closed elements are those that nobody will ask for:
 * the engine makes no products for them.
 *
 * <p>Rows are arrays of their own, since compiled loops over offsets into one array cost three
 * times as much. Changed in place by its owner, one thread at a time.
 */
public final class LinearPanel {
  private static final boolean[] ALL_OPEN = {};

  private final double[][] rows;
  private final int width;
  private final boolean[] closed;

  /** A panel of no reached rows. */
  public LinearPanel(int elements, int width) {
    this(elements, width, ALL_OPEN);
  }

  /** The same with closed elements: one flag each, or none at all where all are open. */
  public LinearPanel(int elements, int width, boolean[] closed) {
    if (width < 1 || width > LinearEngine.WIDTH) {
      throw new IllegalArgumentException(
          "a panel has 1 to " + LinearEngine.WIDTH + " columns, got " + width);
    }
    this.rows = new double[elements][];
    this.width = width;
    this.closed = closed;
  }

  /** A panel of columns of one length. */
  public static LinearPanel of(double[]... columns) {
    LinearPanel panel = new LinearPanel(columns[0].length, columns.length);
    for (int k = 0; k < columns.length; k++) {
      panel.add(k, columns[k]);
    }
    return panel;
  }

  /** The number of elements. */
  public int size() {
    return rows.length;
  }

  /** The number of columns. */
  public int width() {
    return width;
  }

  /** The numbers of an element, to read; empty where no column reaches it. */
  public Optional<double[]> reached(int element) {
    return Optional.ofNullable(rows[element]);
  }

  /** The numbers of an element, to change; zeros where no column reached it before. */
  public double[] row(int element) {
    double[] row = rows[element];
    if (row == null) {
      row = new double[width];
      rows[element] = row;
    }
    return row;
  }

  /** Lets go of an element's numbers: no column reaches it any more. */
  public void leave(int element) {
    rows[element] = null;
  }

  boolean isClosed(int element) {
    return closed.length > 0 && closed[element];
  }

  /** How many elements are reached. */
  public int reached() {
    int reached = 0;
    for (double[] row : rows) {
      reached += row == null ? 0 : 1;
    }
    return reached;
  }

  /** One column, zeros where it does not reach. */
  public double[] column(int at) {
    double[] column = new double[rows.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = rows[i] == null ? 0 : rows[i][at];
    }
    return column;
  }

  /** Adds numbers to a column; zeros reach nothing, and closed elements take none. */
  public void add(int at, double[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != 0 && !isClosed(i)) {
        row(i)[at] += numbers[i];
      }
    }
  }

  double[][] rows() {
    return rows;
  }
}
