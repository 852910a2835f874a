/* JNI border of dev.axiomml.backend.jni.Kernels: raw addresses, sizes and status words; no exception is
 * thrown, nothing calls back. */
#include <jni.h>
#include "axiom.h"

/* The JDK's headers may be another platform's when cross-compiling: exporting is said here. */
#ifdef _WIN32
#define EXPORTED __declspec(dllexport)
#else
#define EXPORTED __attribute__((visibility("default")))
#endif

#define SHIM(type, name) \
  EXPORTED type JNICALL Java_dev_axiomml_backend_jni_Kernels_##name

/* Not direct, or not aligned: the caller's mistake, answered as status -8. */
#define NOT_DIRECT (-8)
#define NO_MEMORY (-7)

static int usable(const void *address, uintptr_t alignment) {
  return address != NULL && (uintptr_t)address % alignment == 0;
}

SHIM(jlong, abi)(JNIEnv *env, jclass type) {
  (void)env;
  (void)type;
  return axiom_abi();
}

SHIM(jstring, isa)(JNIEnv *env, jclass type) {
  (void)type;
  return (*env)->NewStringUTF(env, axiom_isa());
}

SHIM(jlong, address)(JNIEnv *env, jclass type, jobject buffer) {
  (void)type;
  return (jlong)(uintptr_t)(*env)->GetDirectBufferAddress(env, buffer);
}

SHIM(jlong, planCreate)(JNIEnv *env, jclass type, jobject program, jlong words) {
  (void)type;
  const int64_t *w = (*env)->GetDirectBufferAddress(env, program);
  return usable(w, 8) ? axiom_plan_create(w, (size_t)words) : NOT_DIRECT;
}

SHIM(jlong, planWorkBytes)(JNIEnv *env, jclass type, jlong plan, jint threads) {
  (void)env;
  (void)type;
  return axiom_plan_work_bytes(plan, (size_t)threads);
}

SHIM(jlong, planRun)(JNIEnv *env, jclass type, jlong plan, jlong addresses, jint threads) {
  (void)env;
  (void)type;
  return axiom_plan_run(plan, (const uintptr_t *)(uintptr_t)addresses, (size_t)threads);
}

SHIM(void, planFree)(JNIEnv *env, jclass type, jlong plan) {
  (void)env;
  (void)type;
  axiom_plan_free(plan);
}

SHIM(jlong, blockOfBuffer)(JNIEnv *env, jclass type, jobject program, jlong words, jobject raw, jlong into) {
  (void)type;
  const int64_t *w = (*env)->GetDirectBufferAddress(env, program);
  const float *data = (*env)->GetDirectBufferAddress(env, raw);
  if (!usable(w, 8) || !usable(data, 4)) {
    return NOT_DIRECT;
  }
  return axiom_block_create(w, (size_t)words, data, into);
}

/* The array stays where it is while it is read: the collector waits, which is shorter than a copy. */
SHIM(jlong, blockOfArray)(JNIEnv *env, jclass type, jobject program, jlong words, jfloatArray raw, jlong into) {
  (void)type;
  const int64_t *w = (*env)->GetDirectBufferAddress(env, program);
  if (!usable(w, 8)) {
    return NOT_DIRECT;
  }
  float *data = (*env)->GetPrimitiveArrayCritical(env, raw, NULL);
  if (data == NULL) {
    return NO_MEMORY;
  }
  jlong block = axiom_block_create(w, (size_t)words, data, into);
  (*env)->ReleasePrimitiveArrayCritical(env, raw, data, JNI_ABORT);
  return block;
}

SHIM(jlong, memoryCreate)(JNIEnv *env, jclass type, jlong bytes) {
  (void)env;
  (void)type;
  return axiom_memory_create((size_t)bytes);
}

SHIM(void, memoryFree)(JNIEnv *env, jclass type, jlong address) {
  (void)env;
  (void)type;
  axiom_memory_free(address);
}
