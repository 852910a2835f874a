package dev.axiomml.interop.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A regular expression as a machine that is in many states at once: a text of n code points takes
 * time in proportion to n times the machine's size, whatever the expression (Thompson 1968).
 */
final class Automaton {
  private static final int LARGEST = 20_000;

  /** A step of the machine: a test that goes on to the next state, or two ways to go on. */
  private record State(Regex test, int first, int second) {}

  private static final Regex FREE = Regex.Place.ANYWHERE;

  private final List<State> states = new ArrayList<>();

  private Automaton(Regex regex) {
    put(regex);
  }

  static Automaton of(String pattern) {
    return new Automaton(RegexReader.read(pattern));
  }

  private int add(Regex test, int first, int second) {
    if (states.size() >= LARGEST) {
      throw new IllegalArgumentException("pattern of more than " + LARGEST + " states");
    }
    states.add(new State(test, first, second));
    return states.size() - 1;
  }

  /** Adds states that go on behind the last one of them. */
  private void put(Regex regex) {
    if (regex instanceof Regex.Row row) {
      row.parts().forEach(this::put);
    } else if (regex instanceof Regex.Either either) {
      putEither(either.parts());
    } else if (regex instanceof Regex.Times times) {
      putTimes(times);
    } else {
      add(regex, states.size() + 1, -1);
    }
  }

  private void putEither(List<Regex> parts) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < parts.size() - 1; i++) {
      int fork = add(FREE, states.size() + 1, -1);
      put(parts.get(i));
      ends.add(add(FREE, -1, -1));
      states.set(fork, new State(FREE, fork + 1, states.size()));
    }
    put(parts.get(parts.size() - 1));
    ends.forEach(end -> states.set(end, new State(FREE, states.size(), -1)));
  }

  private void putTimes(Regex.Times times) {
    for (int i = 0; i < times.least(); i++) {
      add(FREE, states.size() + 1, -1); // so that empty texts count too
      put(times.body());
    }
    if (times.most() == Regex.Times.UNBOUNDED) {
      int fork = add(FREE, -1, -1);
      put(times.body());
      add(FREE, fork, -1);
      states.set(fork, new State(FREE, fork + 1, states.size()));
      return;
    }
    List<Integer> forks = new ArrayList<>();
    for (int i = times.least(); i < times.most(); i++) {
      forks.add(add(FREE, -1, -1));
      put(times.body());
    }
    forks.forEach(fork -> states.set(fork, new State(FREE, fork + 1, states.size())));
  }

  /** Whether all of a text matches. */
  boolean matches(String text) {
    int[] runes = text.codePoints().toArray();
    int[] now = closed(new int[] {0}, runes, 0);
    for (int at = 0; at < runes.length; at++) {
      now = after(now, runes, at);
    }
    return ends(now);
  }

  /** The longest parts of a text that match, from left to right, none of them empty. */
  List<String> parts(String text) {
    int[] runes = text.codePoints().toArray();
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (start < runes.length) {
      int end = longest(runes, start);
      if (end > start) {
        parts.add(new String(runes, start, end - start));
      }
      start = Math.max(end, start + 1);
    }
    return parts;
  }

  /** Where the longest match ends that starts at a place; that place where there is none. */
  private int longest(int[] runes, int start) {
    int[] now = closed(new int[] {0}, runes, start);
    int end = start;
    for (int at = start; at < runes.length && now.length > 0; at++) {
      now = after(now, runes, at);
      end = ends(now) ? at + 1 : end;
    }
    return end;
  }

  private boolean ends(int[] now) {
    return Arrays.stream(now).anyMatch(state -> state == states.size());
  }

  /** The states behind the code point at a place. */
  private int[] after(int[] now, int[] runes, int at) {
    int rune = runes[at];
    int[] next = Arrays.stream(now).filter(state -> takes(state, rune)).map(i -> i + 1).toArray();
    return closed(next, runes, at + 1);
  }

  private boolean takes(int state, int rune) {
    return state < states.size()
        && states.get(state).test() instanceof Regex.One one
        && one.set().test(rune);
  }

  /** All states that are reached without a code point; the last is behind all states. */
  private int[] closed(int[] from, int[] text, int at) {
    boolean[] seen = new boolean[states.size() + 1];
    int[] found = new int[states.size() + 1];
    int size = 0;
    for (int state : from) {
      size = reach(state, seen, found, size);
    }
    for (int i = 0; i < size; i++) {
      State state = found[i] < states.size() ? states.get(found[i]) : new State(FREE, -1, -1);
      if (state.test() instanceof Regex.Place place && place.holds(text, at)) {
        size = reach(state.first(), seen, found, size);
        size = reach(state.second(), seen, found, size);
      }
    }
    return Arrays.copyOf(found, size);
  }

  private static int reach(int state, boolean[] seen, int[] found, int size) {
    if (state < 0 || seen[state]) {
      return size;
    }
    seen[state] = true;
    found[size] = state;
    return size + 1;
  }
}
