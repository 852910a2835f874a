/* The C border with a Java environment of four functions: a plan of dense and relu from direct buffers, the refusals, and
 * every kernel of kernels.def known to the library. Built with gcc's address and undefined-behaviour sanitizers. */
#include <jni.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "axiom.h"

#define KERNELS(name) Java_dev_axiomml_backend_jni_Kernels_##name
jlong KERNELS(abi)(JNIEnv *, jclass);
jstring KERNELS(isa)(JNIEnv *, jclass);
jlong KERNELS(address)(JNIEnv *, jclass, jobject);
jlong KERNELS(planCreate)(JNIEnv *, jclass, jobject, jlong);
jlong KERNELS(planWorkBytes)(JNIEnv *, jclass, jlong, jint);
jlong KERNELS(planRun)(JNIEnv *, jclass, jlong, jlong, jint);
void KERNELS(planFree)(JNIEnv *, jclass, jlong);
jlong KERNELS(blockOfBuffer)(JNIEnv *, jclass, jobject, jlong, jobject, jlong);
jlong KERNELS(blockOfArray)(JNIEnv *, jclass, jobject, jlong, jfloatArray, jlong);
jlong KERNELS(memoryCreate)(JNIEnv *, jclass, jlong);
void KERNELS(memoryFree)(JNIEnv *, jclass, jlong);

/* A "buffer" or an array here is its own address; NULL is one that is not direct. */
static void *direct_address(JNIEnv *env, jobject buffer) {
  (void)env;
  return buffer;
}

static void *array(JNIEnv *env, jarray values, jboolean *copied) {
  (void)env;
  (void)copied;
  return values;
}

static int released = 0;

static void release(JNIEnv *env, jarray values, void *elements, jint mode) {
  (void)env;
  released += elements == (void *)values && mode == JNI_ABORT;
}

static jstring new_string(JNIEnv *env, const char *text) {
  (void)env;
  return (jstring)(void *)text;
}

static int failures = 0;

static void expect(int ok, const char *what) {
  if (!ok) {
    fprintf(stderr, "failed: %s\n", what);
    failures++;
  }
}

enum { ROWS = 3, IN = 5, OUT = 4, WORDS = 19 + 3 + 4 * 3 + 7, PACKED = 13, PLAIN = 11 };

static int64_t *copied(const int64_t *words, size_t count) {
  int64_t *copy = malloc(count * sizeof *copy);
  memcpy(copy, words, count * sizeof *copy);
  return copy;
}

static void plan(JNIEnv *env, int64_t dense, int64_t relu, int64_t abi) {
  const int64_t program[WORDS] = {
      0x4d4f495841, abi, 0, 1, 1, 2, 1, ROWS * IN * 4, ROWS * OUT * 4,
      IN * OUT * 4, 1, IN, OUT, 0, OUT * 4, 0, 0, 0, 0,
      dense, 4, 7,
      2, 0, ROWS * IN * 4,
      1, 0, IN * OUT * 4,
      5, 0, OUT * 4,
      3, 0, ROWS * OUT * 4,
      ROWS, OUT, IN, 1, relu, 0, 0};
  int64_t *words = copied(program, WORDS);
  expect(KERNELS(planCreate)(env, NULL, NULL, WORDS) == -8, "heap buffer refused");
  expect(KERNELS(planCreate)(env, NULL, (jobject)words, WORDS - 1) < 0, "truncation refused");
  words[1]++;
  expect(KERNELS(planCreate)(env, NULL, (jobject)words, WORDS) == -3, "other ABI refused");
  words[1]--;
  jlong handle = KERNELS(planCreate)(env, NULL, (jobject)words, WORDS);
  expect(handle > 0, "plan made");
  float *weights = malloc((IN + 1) * OUT * sizeof *weights);
  for (int i = 0; i < (IN + 1) * OUT; i++) weights[i] = (float)(i % 7) - 3;
  const int64_t matrix[PACKED] = {0, IN * OUT, 1, IN, OUT, 0, 2, IN, OUT, OUT, 1, 0, 0};
  const int64_t bias[PLAIN] = {IN * OUT, OUT, 0, 0, 0, 0, 1, OUT, 1, 0, OUT};
  int64_t *first = copied(matrix, PACKED);
  int64_t *second = copied(bias, PLAIN);
  expect(KERNELS(blockOfBuffer)(env, NULL, (jobject)first, PACKED, NULL, 0) == -8, "weights on the heap refused");
  first[1]--;
  expect(KERNELS(blockOfBuffer)(env, NULL, (jobject)first, PACKED, (jobject)weights, 0) == -5, "few weights refused");
  first[1]++;
  jlong packed = KERNELS(blockOfBuffer)(env, NULL, (jobject)first, PACKED, (jobject)weights, 0);
  jlong plain = KERNELS(blockOfArray)(env, NULL, (jobject)second, PLAIN, (jfloatArray)weights, 0);
  expect(packed > 0 && plain > 0 && released == 1, "blocks made");
  expect(KERNELS(blockOfBuffer)(env, NULL, (jobject)first, PACKED, (jobject)weights, packed) == packed, "block made anew");
  jlong work = KERNELS(memoryCreate)(env, NULL, KERNELS(planWorkBytes)(env, NULL, handle, 3));
  expect(work > 0, "memory to work in");
  float *x = malloc(ROWS * IN * sizeof *x);
  float *y = malloc(ROWS * OUT * sizeof *y);
  for (int i = 0; i < ROWS * IN; i++) x[i] = (float)i / 4;
  int64_t addresses[5] = {(int64_t)(uintptr_t)x, KERNELS(address)(env, NULL, (jobject)y), packed, plain, work};
  /* The program and the raw weights are copied: the plan must live without them. */
  float expected[ROWS * OUT];
  for (int r = 0; r < ROWS; r++)
    for (int o = 0; o < OUT; o++) {
      float sum = weights[IN * OUT + o];
      for (int i = 0; i < IN; i++) sum += x[r * IN + i] * weights[i * OUT + o];
      expected[r * OUT + o] = sum < 0 ? 0 : sum;
    }
  free(words);
  free(weights);
  free(first);
  free(second);
  for (int threads = 1; threads <= 3; threads++) {
    memset(y, 0, ROWS * OUT * sizeof *y);
    expect(KERNELS(planRun)(env, NULL, handle, (jlong)(uintptr_t)addresses, threads) == 0, "plan runs");
    for (int i = 0; i < ROWS * OUT; i++) expect(fabsf(y[i] - expected[i]) <= 1e-4f, "numbers");
  }
  KERNELS(planFree)(env, NULL, handle);
  KERNELS(memoryFree)(env, NULL, packed);
  KERNELS(memoryFree)(env, NULL, plain);
  KERNELS(memoryFree)(env, NULL, work);
  free(x);
  free(y);
}

/* Opcode of a name in kernels.def, or the ABI number; -1 where it is missing. */
static int64_t look_up(const char *path, const char *name) {
  FILE *file = fopen(path, "r");
  char line[256];
  int64_t found = -1;
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    int op;
    char family[32], kernel[32];
    if (sscanf(line, "AXIOM_ABI(%d)", &op) == 1 && strcmp(name, "abi") == 0) found = op;
    if (sscanf(line, "KERNEL(%d, %31[a-z_], %31[a-z_0-9]", &op, family, kernel) == 3 && strcmp(kernel, name) == 0) found = op;
  }
  if (file != NULL) fclose(file);
  return found;
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  struct JNINativeInterface_ functions;
  memset(&functions, 0, sizeof functions);
  functions.GetDirectBufferAddress = direct_address;
  functions.NewStringUTF = new_string;
  functions.GetPrimitiveArrayCritical = array;
  functions.ReleasePrimitiveArrayCritical = release;
  const struct JNINativeInterface_ *table = &functions;
  JNIEnv *env = (JNIEnv *)&table;
  int64_t abi = look_up(arguments[1], "abi");
  expect(KERNELS(abi)(env, NULL) == abi, "ABI number is that of kernels.def");
  expect(strlen((const char *)KERNELS(isa)(env, NULL)) > 0, "instruction set has a name");
  plan(env, look_up(arguments[1], "dense"), look_up(arguments[1], "relu"), abi);
  return failures != 0;
}
