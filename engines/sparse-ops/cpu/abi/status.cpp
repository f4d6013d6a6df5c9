#include "abi/status.h"

#include <cstdio>

namespace coppice {

static thread_local char sentenceOfThread[256] = "";

Status because(Status status, const char* sentence) noexcept {
  std::snprintf(sentenceOfThread, sizeof sentenceOfThread, "%s", sentence);
  return status;
}

const char* lastSentence() noexcept { return sentenceOfThread; }

}  // namespace coppice
